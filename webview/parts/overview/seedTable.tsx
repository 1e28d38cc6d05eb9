import { decimalsFor, percentage, points } from '../../../src/results/format';
import type { Progress, Snapshot } from '../../../src/messages';
import type { ArmSummary, Comparison, SeedResult, Summary } from '../../../src/results/summary';
import { Icon, Mark } from '../shared/icon';
import { gridKeys } from '../shared/gridKeys';
import { Mean } from './resultTable';

const statusIcons: Partial<Record<SeedResult['status'], { icon: string; tone: string }>> = {
  running: { icon: 'sync', tone: '' },
  failed: { icon: 'error', tone: 'bad' },
  stopped: { icon: 'circle-slash', tone: '' },
  interrupted: { icon: 'debug-disconnect', tone: 'open' },
};

function CellText({
  seed,
  part,
  examples,
  progress,
}: {
  seed: SeedResult;
  part: Summary['part'];
  examples: number;
  progress: Progress | undefined;
}) {
  const value = seed[part];
  if (seed.status === 'finished' && value !== null) return <>{percentage(value, decimalsFor(examples))}</>;
  const mark = statusIcons[seed.status];
  const done =
    progress && progress.steps > 0 ? `${Math.floor((100 * progress.step) / progress.steps)} %` : seed.status;
  return (
    <span class={seed.status === 'queued' ? 'aside' : ''}>
      {mark && <Icon name={mark.icon} spin={seed.status === 'running'} tone={mark.tone} />}{' '}
      {seed.status === 'running' ? done : seed.status === 'finished' ? 'done' : seed.status}
    </span>
  );
}

/** Every seed of scratch and of the headline arm, and their paired differences. A cell opens its run. */
export function SeedTable(props: {
  snapshot: Snapshot;
  summary: Summary;
  distilled: ArmSummary;
  comparison: Comparison | null;
  show: (run: string) => void;
}) {
  const { snapshot, summary, distilled, comparison } = props;
  const part = summary.part;
  const examples = summary.examples[part];
  const seeds = (distilled.seeds.length > 0 ? distilled : summary.scratch)?.seeds.map((s) => s.seed) ?? [];
  const row = (arm: ArmSummary, title: string) => (
    <tr key={arm.slug}>
      <th scope="row">
        <Mark kind={arm.kind} /> {title}
      </th>
      {seeds.map((number) => {
        const seed = arm.seeds.find((s) => s.seed === number);
        if (!seed) return <td key={number}>–</td>;
        const progress = snapshot.progress.find((p) => p.run === seed.folder);
        return (
          <td key={number}>
            <button
              type="button"
              class={`cell${seed.folder === snapshot.shown ? ' shown' : ''}`}
              aria-label={`${title}, seed ${number}: ${seed[part] === null ? seed.status : percentage(seed[part], decimalsFor(examples))}`}
              title="Show this run"
              onClick={() => {
                props.show(seed.folder);
              }}
            >
              <CellText seed={seed} part={part} examples={examples} progress={progress} />
            </button>
          </td>
        );
      })}
      <td>
        <Mean bare spread={arm[part]} examples={examples} planned={summary.planned.seeds} />
      </td>
    </tr>
  );
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label="Results by seed">
      <table class="seeds" onKeyDown={gridKeys}>
        <thead>
          <tr>
            <th scope="col" class="aside">
              {part === 'test' ? 'Test, %' : 'Validation, %'}
            </th>
            {seeds.map((seed) => (
              <th key={seed} scope="col">
                seed {seed}
              </th>
            ))}
            <th scope="col">{part === 'test' ? 'mean ± sd' : 'mean'}</th>
          </tr>
        </thead>
        <tbody>
          {summary.scratch && row(summary.scratch, 'Scratch')}
          {row(distilled, 'Distilled')}
          <tr>
            <th scope="row">Difference, pp</th>
            {seeds.map((seed) => {
              const pair = comparison?.perSeed.find((p) => p.seed === seed);
              return (
                <td key={seed}>{comparison && pair ? points(pair.difference, comparison.decimals) : '–'}</td>
              );
            })}
            <td class={(comparison?.mean ?? 0) > 0 ? 'better' : ''}>
              {!comparison || comparison.mean === null ? '–' : points(comparison.mean, comparison.decimals)}
              {comparison &&
                comparison.perSeed.length > 0 &&
                comparison.perSeed.length !== summary.planned.seeds && (
                  <span class="aside"> n = {comparison.perSeed.length}</span>
                )}
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
