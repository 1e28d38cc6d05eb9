import { MultiBar, type SingleBar } from 'cli-progress';
import { loss, percent, plural, remaining } from '../results/format';
import type { ProgressSnapshot } from './progress';
import type { RunProgress } from './runProgress';

/** Shows progress: bars in a terminal, otherwise lines. */
export interface ProgressView {
  show(snapshot: ProgressSnapshot): void;
  log(line: string): void;
  close(): void;
}

export function progressView(stream: NodeJS.WriteStream): ProgressView {
  return stream.isTTY ? bars(stream) : plainLines(stream);
}

const LINE_EVERY = 2_000;

/** A line for each run that ends, and at most every two seconds one for each active run. */
function plainLines(stream: NodeJS.WritableStream): ProgressView {
  const log = (line: string) => void stream.write(`${line}\n`);
  let last = 0;
  return {
    log,
    show(snapshot) {
      for (const one of snapshot.ended) log(endLine(one, snapshot.runs));
      if (snapshot.active.length === 0 || Date.now() - last < LINE_EVERY) return;
      last = Date.now();
      for (const { number, run } of snapshot.active) log(activeLine(number, snapshot, run));
    },
    close: () => undefined,
  };
}

function bars(stream: NodeJS.WriteStream): ProgressView {
  const multi = new MultiBar({
    stream,
    format: (_options, { progress }, { text }: { text: string }) => `${bar(progress)} ${text}`,
    clearOnComplete: true,
    hideCursor: true,
    // The command handles Ctrl-C: it requests checkpoints first.
    gracefulExit: false,
    autopadding: false,
    fps: 8,
    linewrap: false,
  });
  const whole = multi.create(1, 0, { text: 'preparing' });
  const rows = new Map<RunProgress, SingleBar>();
  return {
    log: (line) => multi.log(`${line}\n`),
    show(snapshot) {
      for (const one of snapshot.ended) multi.log(`${endLine(one, snapshot.runs)}\n`);
      whole.update(snapshot.share, { text: wholeText(snapshot) });
      for (const [run, row] of rows)
        if (!snapshot.active.some((one) => one.run === run)) {
          multi.remove(row);
          rows.delete(run);
        }
      for (const { number, run } of snapshot.active) {
        const row = rows.get(run) ?? multi.create(1, 0, { text: '' });
        rows.set(run, row);
        row.update(run.step / (run.steps ?? 1), { text: activeText(number, snapshot.runs, run) });
      }
      multi.update();
    },
    close: () => multi.stop(),
  };
}

const WIDTH = 20;
const bar = (share: number) => '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');

function wholeText({ runs, finished, share, secondsLeft }: ProgressSnapshot): string {
  const parts = [`${finished} of ${plural(runs, 'run')}`, percent(share)];
  if (secondsLeft !== null) parts.push(`${remaining(secondsLeft)} left`);
  return parts.join(' · ');
}

function activeText(number: number, runs: number, run: RunProgress): string {
  const terms = Object.entries(run.losses);
  // Teacher and scratch have one loss, which needs no name.
  const losses = terms.map(([term, value]) => `${terms.length > 1 ? `${term} ` : ''}loss ${loss(value)}`);
  const epoch = run.epochs > 0 ? [`epoch ${Math.max(1, Math.ceil(run.epoch))} of ${run.epochs}`] : [];
  return [`run ${number} of ${runs}`, run.title, ...epoch, ...losses].join(' · ');
}

function activeLine(number: number, { runs, secondsLeft }: ProgressSnapshot, run: RunProgress): string {
  const left = secondsLeft === null ? '' : ` · ${remaining(secondsLeft)} left`;
  return `${activeText(number, runs, run)}${left}`;
}

function endLine({ number, run }: ProgressSnapshot['ended'][number], runs: number): string {
  const { end, validationAccuracy } = run;
  const accuracy = validationAccuracy === null ? '' : ` · validation ${percent(validationAccuracy, 1)}`;
  // Successive halving decides later whether it continues.
  if (end?.cause === 'rung') return `run ${number} of ${runs} · ${run.title} · paused at step ${end.step}`;
  const message = end?.message ? ` · ${end.message}` : '';
  return `run ${number} of ${runs} · ${run.title} · ${end?.status ?? ''}${accuracy}${message}`;
}
