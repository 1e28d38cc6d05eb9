import { bytes, count } from '../../src/results/format';
import type { RunDetails } from '../../src/messages';
import { IconButton } from '../parts/shared/icon';
import { Button } from '../toolkit';
import { nothingYet, type View } from '../view';

/** Can I repeat and ship it? */
export function Run({ view }: { view: View }) {
  const { details, shown, runs } = view.calm;
  if (!details) return <p class="empty">{nothingYet(view.calm)}</p>;
  const finished = runs.find((run) => run.id === shown)?.status === 'finished';
  return (
    <>
      <div class="controls spread">
        <span class="path">
          <code>{details.folder}</code>
          <IconButton
            icon="copy"
            label="Copy the folder’s path"
            onClick={() => {
              view.post({ type: 'copy', text: details.folder });
            }}
          />
        </span>
        <span class="actions">
          <Button
            icon="copy"
            onClick={() => {
              view.command('copyCommand', shown);
            }}
          >
            Copy Command
          </Button>
          <Button
            onClick={() => {
              view.command('openResolvedConfig', shown);
            }}
          >
            Open Resolved Config
          </Button>
          <Button
            onClick={() => {
              view.command('revealRun', shown);
            }}
          >
            Reveal Folder
          </Button>
          {finished && (
            <Button
              icon="refresh"
              disabled={!view.calm.trusted}
              onClick={() => {
                view.command('runSeed', shown);
              }}
            >
              Train This Run Again…
            </Button>
          )}
          {finished && (
            <Button
              onClick={() => {
                view.command('exportStudent', shown);
              }}
            >
              Export Student…
            </Button>
          )}
        </span>
      </div>
      <div class="columns">
        <Configuration rows={details.configuration} />
        <div>
          <Engine details={details} view={view} />
          <Environment rows={details.environment} />
          <Data rows={details.data} table={details.table ?? []} />
        </div>
      </div>
      <div class="columns">
        <Log view={view} lines={details.log} />
        <Files view={view} files={details.files} />
      </div>
    </>
  );
}

const Configuration = ({ rows }: { rows: RunDetails['configuration'] }) => (
  <section>
    <h2>Resolved configuration</h2>
    <div class="scroll" role="region" tabIndex={0} aria-label="Resolved configuration">
      <table class="configuration">
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Value</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([key, value, origin]) => (
            <tr key={key}>
              <th scope="row">
                <code>{key}</code>
              </th>
              <td>{value}</td>
              <td class="aside">{origin}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);

function Engine({ details, view }: { details: RunDetails; view: View }) {
  const { engine, speed } = details;
  const passed = engine?.tried.filter((t) => !t.ok) ?? [];
  return (
    <section>
      <h2>Engine</h2>
      <dl class="facts">
        <dt>Used</dt>
        <dd>{engine ? `${engine.used}` : 'not chosen yet'}</dd>
        {engine && (
          <>
            <dt>Why</dt>
            <dd>{engine.why}</dd>
          </>
        )}
        {passed.length > 0 && (
          <>
            <dt>Not used</dt>
            <dd>
              {passed.map((t) => (
                <div key={t.engine}>
                  {t.engine}: <span class="aside">{t.reason}</span>{' '}
                  {t.engine === 'native' && view.calm.trusted && (
                    <button
                      type="button"
                      class="link"
                      onClick={() => {
                        view.command('setUpEngine', null);
                      }}
                    >
                      Set Up Native Engine…
                    </button>
                  )}
                </div>
              ))}
            </dd>
          </>
        )}
        <dt>Speed</dt>
        <dd>{speed ?? 'not recorded'}</dd>
      </dl>
    </section>
  );
}

const Environment = ({ rows }: { rows: RunDetails['environment'] }) => (
  <section>
    <h2>Environment</h2>
    <dl class="facts">
      {rows.map(([key, value]) => (
        <Fact key={key} name={key} value={value} />
      ))}
    </dl>
  </section>
);

const Fact = ({ name, value }: { name: string; value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);

const Data = ({ rows, table }: { rows: RunDetails['data']; table: string[] }) => (
  <section>
    <h2>Data</h2>
    <div class="scroll" role="region" tabIndex={0} aria-label="Data">
      <table>
        <thead class="unseen">
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Count</th>
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <td>{count(row.count)}</td>
              <td class="aside">
                <code title={row.hash}>
                  {row.hash ? `sha256 ${row.hash.slice(0, 4)}…${row.hash.slice(-4)}` : ''}
                </code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    {table.map((line) => (
      <p class="caption" key={line}>
        {line}
      </p>
    ))}
  </section>
);

const Log = ({ view, lines }: { view: View; lines: string[] }) => (
  <section>
    <div class="row">
      <h2>
        Log <span class="caption">{lines.length === 0 ? 'empty' : `last ${lines.length} lines`}</span>
      </h2>
      <button
        type="button"
        class="link"
        onClick={() => {
          view.command('openLog', view.calm.shown);
        }}
      >
        Show full log
      </button>
    </div>
    <pre class="log" tabIndex={0} role="region" aria-label="Log">
      {lines.join('\n')}
    </pre>
  </section>
);

const Files = ({ view, files }: { view: View; files: RunDetails['files'] }) => (
  <section>
    <h2>Files</h2>
    <div class="scroll" role="region" tabIndex={0} aria-label="Files">
      <table class="files">
        <thead class="unseen">
          <tr>
            <th scope="col">File</th>
            <th scope="col">Size</th>
            <th scope="col">Action</th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <tr key={file.path}>
              <th scope="row">
                <code>{file.name}</code>
                <div class="aside">{file.note}</div>
              </th>
              <td>{bytes(file.bytes)}</td>
              <td>
                <button
                  type="button"
                  class="link"
                  aria-label={`${file.open === 'open' ? 'Open' : 'Reveal'} ${file.name}`}
                  onClick={() => {
                    view.post({ type: 'openFile', path: file.path, how: file.open });
                  }}
                >
                  {file.open === 'open' ? 'Open' : 'Reveal'}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);
