import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disagreements } from './checks';
import { allContenders, root } from './contenders';
import { keep, kept, takePlace } from './keep';
import { describeMachine } from './machine';
import { measureMore } from './measures/all';
import { HELP, readOptions, type Options } from './options';
import { performancePage } from './performance';
import type { Results } from './results';
import { setUpPython } from './setup';
import { sideBySide } from './sideBySide';
import { tables, workloadTable } from './tables';
import { writeWorkload } from './batch';
import { workloads } from './workloads';

const say = (text: string) => process.stdout.write(`${text}\n`);

async function bench(options: Options, typed: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'distillery-bench-'));
  try {
    for (const workload of workloads) writeWorkload(folder, workload);
    const all = allContenders(folder);
    const contenders = all.filter(({ id, usual }) => options.contenders?.includes(id) ?? usual);
    const earlier = options.add ? kept() : null;
    const results: Results = {
      ...(earlier ?? { workloads: [] }),
      date: new Date().toISOString(),
      commands: [
        ...(earlier?.commands ?? []),
        ['npm run bench', ...(typed.length > 0 ? ['--', ...typed] : [])].join(' '),
      ],
      leftOut: [],
      machine: describeMachine(),
      repeats: options.repeats,
      blockMs: options.blockMs,
      contenders: (options.add ? all : contenders).map(({ id, title, threads }) => ({ id, title, threads })),
    };
    for (const workload of workloads.filter(({ id }) => options.workloads.includes(id))) {
      say(`\n${workload.title}, batch ${workload.batchSize}`);
      const rows = await sideBySide(workload, contenders, options, say);
      const { id, title, batchSize } = workload;
      const measured = { id, title, batchSize, rows, disagreements: disagreements(rows) };
      takePlace(
        results,
        measured,
        workloads.map((one) => one.id),
      );
      keep(results);
      say(workloadTable(results, measured));
    }
    await measureMore(folder, contenders, options, results, say);
    keep(results);
    say(tables(results));
    if (options.write) await writePage(results);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writePage(results: Results): Promise<void> {
  const file = join(root, 'docs/performance.md');
  writeFileSync(file, await performancePage(results));
  say(`Written: ${file}`);
}

async function main(args: string[]): Promise<void> {
  const options = readOptions(args);
  if (options.help) say(HELP);
  else if (options.setup) setUpPython();
  else if (options.page) await writePage(kept());
  else await bench(options, args);
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
