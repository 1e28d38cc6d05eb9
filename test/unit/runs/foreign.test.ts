import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { formatNpy } from '../../../src/data/npy';
import { collectFolder } from '../../../src/runs/collectFolder';
import {
  costFileSchema,
  engineFileSchema,
  eventSchema,
  leaseSchema,
  lookSchema,
  planFileSchema,
  probesFileSchema,
  resultFileSchema,
  runFileSchema,
} from '../../../src/runs/files';
import { runFiles } from '../../../src/runs/layout';
import { runStatus } from '../../../src/runs/status';
import { readEvents } from '../../../src/runs/tail';
import { temporaryFolder } from './fixtures';

const schemas: Record<string, z.ZodType> = {
  'run.json': runFileSchema,
  'events.1.jsonl': eventSchema,
  'lease.json': leaseSchema,
  'probes.json': probesFileSchema,
  'result.json': resultFileSchema,
  'cost.json': costFileSchema,
  'looks.jsonl': lookSchema,
  'engine.json': engineFileSchema,
  'plan.json': planFileSchema,
};
const page = readFileSync(join(__dirname, '../../../docs/run-folder.md'), 'utf8');

/** The example under the heading of that file, as text. */
function exampleOf(name: string): string {
  const section = page.split(/^### /m).find((one) => one.startsWith(`${name}\n`));
  const example = /```(?:nd)?json\n([\s\S]*?)```/.exec(section ?? '')?.[1];
  if (example === undefined) throw new Error(`docs/run-folder.md shows no ${name}.`);
  return example;
}

describe('docs/run-folder.md', () => {
  it.each(Object.keys(schemas))('shows a %s that is valid', (name) => {
    const texts = name.endsWith('.jsonl') ? exampleOf(name).trim().split('\n') : [exampleOf(name)];
    for (const text of texts) expect(schemas[name]!.safeParse(JSON.parse(text)).error).toBeUndefined();
  });

  it('shows every kind of event', () => {
    const kinds = eventSchema.options.map((option) => option.shape.event.value);
    for (const kind of kinds) expect(exampleOf('events.1.jsonl')).toContain(`"event": "${kind}"`);
  });
});

/** A folder of runs as a script would write it from that page alone. */
function writeRuns(folder: string, seeds: number, opened: boolean): void {
  const put = (file: string, content: string | Uint8Array) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  const example = JSON.parse(exampleOf('run.json')) as Record<string, unknown>;
  const arms = [
    { slug: 'scratch', title: 'Scratch', scratch: true, primary: false, wrong: 80 },
    { slug: 'kd-t4', title: 'KD T 4', scratch: false, primary: true, wrong: 40 },
  ];
  for (const { wrong, ...arm } of arms)
    for (let seed = 0; seed < seeds; seed++) {
      const run = join(folder, arm.slug, `seed-${seed}`);
      const files = runFiles(run);
      put(files.run, JSON.stringify({ ...example, arm, seed, identity: `${arm.slug} ${seed}` }));
      put(files.events(1), exampleOf('events.1.jsonl'));
      put(files.result, exampleOf('result.json'));
      for (const [part, count] of [
        ['validation', 297],
        ['test', 500],
      ] as const) {
        if (part === 'test' && !opened) continue;
        const labels = Int32Array.from({ length: count }, (_, i) => i % 10);
        const logits = new Float32Array(count * 10);
        labels.forEach((label, i) => (logits[i * 10 + ((label + (i < wrong + seed ? 1 : 0)) % 10)] = 5));
        put(files.predictions(part), formatNpy(logits, [count, 10]));
        put(files.labels(part), formatNpy(labels, [count]));
      }
    }
}

describe('a folder that a script wrote', () => {
  it('is read like our own', async () => {
    const folder = temporaryFolder();
    writeRuns(folder, 1, false);
    const run = join(folder, 'kd-t4', 'seed-0');
    expect(await runStatus(run)).toMatchObject({ status: 'finished', step: 800 });
    expect((await readEvents(run)).map((event) => event.event)).toContain('evaluation');
  });

  it('has a verdict once its test set is opened', async () => {
    const folder = temporaryFolder();
    writeRuns(folder, 4, false);
    const sealed = await collectFolder(folder);
    expect(sealed).toMatchObject({
      part: 'validation',
      complete: false,
      planned: { seeds: 4, runs: 8, finished: 8 },
    });
    writeRuns(folder, 4, true);
    const open = await collectFolder(folder);
    expect(open).toMatchObject({
      part: 'test',
      complete: true,
      examples: { test: 500 },
      engine: { name: 'native' },
      teacher: null,
      scratch: { slug: 'scratch' },
    });
    expect(open!.comparisons).toHaveLength(1);
    expect(open!.comparisons[0]).toMatchObject({
      arm: 'kd-t4',
      scratch: 'scratch',
      primary: true,
      verdict: 'BEATS',
    });
    expect(open!.comparisons[0]!.mean).toBeCloseTo(0.08, 10);
  });

  it('has none without scratch, and says so', async () => {
    const folder = temporaryFolder();
    writeRuns(folder, 4, true);
    const only = await collectFolder(join(folder, 'kd-t4'));
    expect(only?.scratch).toBeNull();
    expect(only?.comparisons[0]?.sentence).toContain('There is no scratch student to compare with');
  });

  it('is nothing where no run can be read', async () => {
    expect(await collectFolder(temporaryFolder())).toBeNull();
  });
});
