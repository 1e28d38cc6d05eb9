import { MultiBar, type SingleBar } from 'cli-progress';
import { loss, percent, remaining } from '../results/format';
import type { Moment } from './progress';
import type { RunProgress } from './runProgress';

/** Shows how a run goes: bars where a person watches, else a line now and then. */
export interface ProgressView {
  show(moment: Moment): void;
  say(line: string): void;
  close(): void;
}

export function progressView(stream: NodeJS.WriteStream): ProgressView {
  return stream.isTTY ? bars(stream) : plainLines(stream);
}

const LINE_EVERY = 2_000;

/** Every run when it ends, and every two seconds at most those that are at work. */
function plainLines(stream: NodeJS.WritableStream): ProgressView {
  const say = (line: string) => void stream.write(`${line}\n`);
  let last = 0;
  return {
    say,
    show(moment) {
      for (const one of moment.ended) say(endLine(one, moment.runs));
      if (moment.active.length === 0 || Date.now() - last < LINE_EVERY) return;
      last = Date.now();
      for (const { number, run } of moment.active) say(activeLine(number, moment, run));
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
    // Ctrl-C is answered by the command, which asks for checkpoints first.
    gracefulExit: false,
    autopadding: false,
    fps: 8,
    linewrap: false,
  });
  const whole = multi.create(1, 0, { text: 'preparing' });
  const rows = new Map<RunProgress, SingleBar>();
  return {
    say: (line) => multi.log(`${line}\n`),
    show(moment) {
      for (const one of moment.ended) multi.log(`${endLine(one, moment.runs)}\n`);
      whole.update(moment.share, { text: wholeText(moment) });
      for (const [run, row] of rows)
        if (!moment.active.some((one) => one.run === run)) {
          multi.remove(row);
          rows.delete(run);
        }
      for (const { number, run } of moment.active) {
        const row = rows.get(run) ?? multi.create(1, 0, { text: '' });
        rows.set(run, row);
        row.update(run.step / (run.steps ?? 1), { text: activeText(number, moment.runs, run) });
      }
      multi.update();
    },
    close: () => multi.stop(),
  };
}

const WIDTH = 20;
const bar = (share: number) => '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');

function wholeText({ runs, finished, share, secondsLeft }: Moment): string {
  const parts = [`${finished} of ${runs} runs`, percent(share)];
  if (secondsLeft !== null) parts.push(`${remaining(secondsLeft)} left`);
  return parts.join(' · ');
}

function activeText(number: number, runs: number, run: RunProgress): string {
  const terms = Object.entries(run.losses);
  // A teacher and scratch have one loss: it needs no name.
  const losses = terms.map(([term, value]) => `${terms.length > 1 ? `${term} ` : ''}loss ${loss(value)}`);
  const epoch = run.epochs > 0 ? [`epoch ${Math.max(1, Math.ceil(run.epoch))} of ${run.epochs}`] : [];
  return [`run ${number} of ${runs}`, run.title, ...epoch, ...losses].join(' · ');
}

function activeLine(number: number, { runs, secondsLeft }: Moment, run: RunProgress): string {
  const left = secondsLeft === null ? '' : ` · ${remaining(secondsLeft)} left`;
  return `${activeText(number, runs, run)}${left}`;
}

function endLine({ number, run }: Moment['ended'][number], runs: number): string {
  const { end, validationAccuracy } = run;
  const accuracy = validationAccuracy === null ? '' : ` · validation ${percent(validationAccuracy, 1)}`;
  // What successive halving decides of it comes later.
  if (end?.cause === 'rung') return `run ${number} of ${runs} · ${run.title} · paused at step ${end.step}`;
  const message = end?.message ? ` · ${end.message}` : '';
  return `run ${number} of ${runs} · ${run.title} · ${end?.status ?? ''}${accuracy}${message}`;
}
