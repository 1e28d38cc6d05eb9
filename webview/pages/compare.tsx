import type { Snapshot } from '../../src/messages';
import { accuracy, plural } from '../../src/results/format';
import type { Summary } from '../../src/results/summary';
import { against } from '../models/against';
import { armRows, filterRows, sortRows } from '../models/armRows';
import { againstPicture } from '../parts/compare/againstPicture';
import { Controls } from '../parts/compare/controls';
import { ForestTable } from '../parts/compare/forestTable';
import { Others } from '../parts/compare/others';
import { sizePicture } from '../parts/compare/sizePicture';
import { Sweep } from '../parts/compare/sweep';
import { Segments } from '../parts/shared/segments';
import { PictureFrame } from '../picture/frame';
import { Legend } from '../picture/plane';
import { Button, Dropdown } from '../toolkit';
import { nothingYet, type View } from '../view';

/** Which method, what size? */
export function Compare({ view }: { view: View }) {
  const { calm, state } = view;
  const { summary } = calm;
  if (!summary || calm.state === 'empty') return <p class="empty">{nothingYet(calm)}</p>;
  const rows = armRows(calm);
  if (summary.arms.length + calm.others.length < 2 && summary.sweep === null)
    return <OneMethod view={view} />;
  const shown = sortRows(filterRows(rows, state.armFilter), state.armOrder, state.measure);
  const arms = shown.filter((row) => row.part === summary.part).map((row) => row.arm);
  const size = sizePicture(summary, arms, state.sizeAxis);
  const model = against(summary, state.sweptParameter, state.measure);
  return (
    <>
      <Controls view={view} shown={shown.length} all={rows.length} />
      <Others view={view} />
      {shown.length > 0 ? (
        <ForestTable view={view} rows={shown} />
      ) : (
        <p class="empty">No arm matches the filter. Clear it to see all {rows.length}.</p>
      )}
      <p class="notes said-of-arms">{sentence(summary, calm)}</p>
      <div class="charts two">
        {size && (
          <PictureFrame
            picture={size}
            after={
              <div class="controls">
                <Segments
                  label="Size"
                  options={[
                    { value: 'parameters', title: 'Parameters' },
                    { value: 'bytes', title: 'Size' },
                    { value: 'latency', title: 'Latency' },
                  ]}
                  value={state.sizeAxis}
                  onChange={(sizeAxis) => {
                    view.change({ sizeAxis });
                  }}
                />
                <Legend kinds={['scratch', 'distilled', 'teacher']} />
              </div>
            }
          />
        )}
        <Sweep view={view} summary={summary} />
        {model && (
          <PictureFrame picture={againstPicture(summary, model, state.measure)}>
            {summary.sweep && summary.sweep.parameters.length > 1 && (
              <div class="controls">
                <span class="field">
                  <span aria-hidden="true">against</span>
                  <Dropdown
                    label="Swept parameter"
                    options={summary.sweep.parameters.map(({ path, label }) => ({
                      value: path,
                      title: label,
                    }))}
                    value={model.parameter.path}
                    onChange={(sweptParameter) => {
                      view.change({ sweptParameter });
                    }}
                  />
                </span>
              </div>
            )}
          </PictureFrame>
        )}
      </div>
    </>
  );
}

function OneMethod({ view }: { view: View }) {
  return (
    <section class="nothing">
      <p>One method so far.</p>
      <div class="actions">
        <Button
          primary
          onClick={() => {
            view.command('openConfig');
          }}
        >
          Add a Method…
        </Button>
        <Button
          onClick={() => {
            view.command('compare');
          }}
        >
          Compare with…
        </Button>
      </div>
    </section>
  );
}

/** How the table is to be read. */
function sentence({ comparisons, complete, teacher, part, examples }: Summary, { others }: Snapshot): string {
  const parts = [
    complete
      ? `${plural(comparisons.length, 'comparison')} with scratch. Intervals are not corrected for multiple comparisons. BEATS and HURTS are corrected by Holm’s method, except for the headline’s arm. Cells are chosen on validation, not on test.`
      : 'The test set is sealed: there are no intervals yet, and differences are on validation.',
    teacher?.[part] ? `Teacher ${accuracy(teacher[part].mean, examples[part])}.` : null,
    others.length > 0 ? 'Differences are always to the scratch of an arm’s own experiment.' : null,
  ];
  return parts.filter(Boolean).join(' ');
}
