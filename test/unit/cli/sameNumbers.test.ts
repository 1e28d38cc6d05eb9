import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatNpy, parseNpy } from '../../../src/data/npy';
import { stream } from '../../../src/data/random';
import {
  accuracy,
  bytes,
  count,
  duration,
  fixed,
  latency,
  loss,
  operations,
  percent,
  pointsWithUnit,
  spread,
} from '../../../src/results/format';
import type { ArmSummary, Comparison, Latency, Summary } from '../../../src/results/summary';
import { absoluteFolder } from '../../../src/runs/folder';
import { experimentFiles, runFiles } from '../../../src/runs/layout';
import { ResultTable } from '../../../webview/parts/overview/resultTable';
import { buildPrograms, Stage } from '../runner/stage';
import { elements, textOf } from '../webview/textOf';
import { type } from './terminal';

let programs: string;
let stage: Stage;
let summary: Summary;
let compared: { arm: ArmSummary; comparison: Comparison | null }[];
let page: string;
let markdown: string;

/** An experiment that is done, whose answers, times and sizes all differ. */
beforeAll(async () => {
  programs = await buildPrograms({ cli: 'src/cli/main.ts' });
  stage = new Stage(programs);
  stage.experiment('first', {
    seeds: 4,
    arms: [{ method: 'hinton', name: 'kd' }, { method: 'logitMatching' }],
  });
  expect(await stage.run()).toBe(0);
  const items = (await stage.items()).filter(({ kind }) => kind === 'run' || kind === 'teacher');
  items.forEach((item, i) => tellApart(absoluteFolder(stage.root, item), i));
  const distillery = async (...args: string[]) => {
    const { code, stdout, stderr } = await type(programs, stage, ...args).ended;
    if (code !== 0) throw new Error(stderr);
    return stdout;
  };
  await distillery('report', stage.file());
  compared = JSON.parse(await distillery('compare', stage.file(), '--json')) as typeof compared;
  markdown = await distillery('report', stage.file(), '--markdown');
  const files = experimentFiles(stage.folder());
  summary = JSON.parse(readFileSync(files.summary, 'utf8')) as Summary;
  page = readFileSync(files.report, 'utf8');
}, 120_000);
afterAll(async () => {
  await stage.close();
  rmSync(programs, { recursive: true });
});

function tellApart(folder: string, i: number): void {
  const random = stream(i, 'answers');
  for (const part of ['validation', 'test'] as const) {
    const examples = parseNpy(readFileSync(runFiles(folder).labels(part)), '').shape[0]!;
    const logits = random.fillNormal(new Float32Array(examples * 10));
    for (let row = 0; row < examples; row++) logits[10 * row + (row % 10)]! += 2.1 + 0.07 * i;
    writeFileSync(runFiles(folder).predictions(part), formatNpy(logits, [examples, 10]));
  }
  const change = (file: string, more: object) =>
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...more }));
  const batch = (size: number) => ({
    batch: size,
    medianMicroseconds: size * (7 + i),
    p95Microseconds: size * (9 + i),
    repeats: 9,
  });
  change(runFiles(folder).result, {
    parameters: 1210 + i,
    bytes: 4840 + 400 * i,
    trainingSeconds: 2.3 + i,
    cpuSeconds: 3.1 + i,
    peakBytes: (151 + i) * 1e6,
  });
  change(runFiles(folder).cost, {
    latency: [batch(1), batch(32)],
    multiplyAdds: 640 + i,
    peakBytes: (118 + i) * 1e6,
  });
}

const said = <Value>(value: Value | null, say: (value: Value) => string) =>
  value === null ? null : say(value);
const both = ({ median, p95 }: Latency) => `${latency(median)} ${latency(p95)}`;
const accurate = (share: number) => accuracy(share, summary.examples.test);

/** A measure: its name on the panel, its head in the report, and what it is by summary.json. */
const measures: [panel: string, report: string, say: (arm: ArmSummary) => string | null][] = [
  [
    'Test accuracy',
    'test accuracy',
    ({ test, kind }) => said(test, (of) => spread(of, summary.examples.test, kind === 'teacher' ? 1 : 4)),
  ],
  ['Errors of', 'errors of', ({ testErrors }) => said(testErrors, (of) => fixed(of, 1))],
  [
    'Agreement with teacher',
    'agreement with teacher',
    (arm) => said(arm.agreement, ({ mean }) => accurate(mean)),
  ],
  ['Calibration error', 'calibration error', ({ ece }) => said(ece, ({ mean }) => percent(mean, 1))],
  ['ECE, temp', 'ECE, temp', ({ scaled }) => said(scaled, ({ ece }) => percent(ece.mean, 1))],
  ['NLL', 'NLL', ({ nll }) => said(nll, ({ mean }) => loss(mean))],
  ['Brier', 'Brier score', ({ brier }) => said(brier, ({ mean }) => loss(mean))],
  ['Parameters', 'parameters', ({ parameters }) => said(parameters, count)],
  ['Size', 'size', (arm) => said(arm.bytes, bytes)],
  ['Multiply–adds', 'multiply–adds', ({ multiplyAdds }) => said(multiplyAdds, operations)],
  ['Latency, batch 1,', 'batch 1:', (arm) => said(arm.latency.batch1, both)],
  ['Latency, batch 32', 'batch 32:', (arm) => said(arm.latency.batch32, both)],
  ['Peak memory, inference', 'peak memory, inference', (arm) => said(arm.peakMemory.inference, bytes)],
  ['Training time per seed', 'training time per seed', (arm) => said(arm.trainingSeconds, duration)],
  ['CPU time per seed', 'CPU time per seed', ({ cpuSeconds }) => said(cpuSeconds, duration)],
  ['Peak memory, training', 'peak memory, training', (arm) => said(arm.peakMemory.training, bytes)],
];

/** Numbers with their decimals, as they are printed. */
const numbers = (text: string | null) => text?.match(/(?<![\p{L}\d])[−+]?\d[\d,]*(\.\d+)?/gu) ?? [];
const plain = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
const cellsIn = (html: string, tag: string) =>
  [...html.matchAll(new RegExp(`<${tag}[^>]*>([^]*?)</${tag}>`, 'g'))].map(([, inner]) => plain(inner!));

/** Of one arm and measure in the tables of the report. */
function reported(title: string, head: string): string | null {
  for (const [table] of page.matchAll(/<table>[^]*?<\/table>/g)) {
    const column = cellsIn(table.split('</thead>')[0]!, 'th').findIndex((text) => text.startsWith(head));
    const row = [...table.matchAll(/<tr class="row-[^]*?<\/tr>/g)].find(
      ([tr]) => cellsIn(tr, 'th')[0] === title,
    );
    if (column > 0 && row) return cellsIn(row[0], 'td')[column - 1]!;
  }
  return null;
}

/** What the panel says of a measure, which may take several rows: teacher, scratch, distilled. */
function shown(name: string): string[] {
  const distilled = summary.arms.find(({ slug }) => slug === 'kd')!;
  const rows = elements(ResultTable({ summary, distilled }), 'tr')
    .filter((tr) => textOf(elements(tr, 'th')).startsWith(name))
    .map((tr) => elements(tr, 'td').map(textOf));
  return [0, 1, 2].map((column) => rows.map((cells) => cells[column]).join(' '));
}

describe('summary.json, compare --json, the panel and the report', () => {
  it('and the Markdown, to stdout or into a file', async () => {
    const out = join(stage.root, 'pull', 'request.md');
    const ask = async (...flags: string[]) => type(programs, stage, 'report', stage.file(), ...flags).ended;
    expect(await ask('--markdown', '--out', out)).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(out, 'utf8')).toBe(markdown);
    expect(markdown).toContain('distillery run first.distill.json --engine portable');
    const alone = await ask('--out', out);
    expect(alone.code).toBe(2);
    expect(alone.stderr).toContain('add one of them');
    expect((await ask('--markdown', '--json')).code).toBe(2);
  });

  it('are of the same arms, number by number', () => {
    expect(summary.complete).toBe(true);
    const arms = [summary.scratch!, ...summary.arms];
    expect(compared.map(({ arm }) => arm)).toEqual(arms);
    expect(compared.flatMap(({ comparison }) => comparison ?? [])).toEqual(summary.comparisons);
    const accuracies = [summary.teacher, ...arms].map((arm) => arm!.test!.mean);
    expect(new Set(accuracies).size).toBe(4);
  });

  it.each(measures)('print the same %s', (name, head, say) => {
    const [kd] = summary.arms;
    const arms = [summary.teacher!, summary.scratch!, kd!];
    const titles = [`Teacher ${arms[0]!.title}`, arms[1]!.title, arms[2]!.title];
    const expected = arms.map((arm) => numbers(say(arm)));
    expect(expected[2]!.length).toBeGreaterThan(0);
    expect(shown(name).map(numbers)).toEqual(expected);
    expect(titles.map((title) => numbers(reported(title, head)))).toEqual(expected);
  });

  it('print the same differences, intervals and verdicts', () => {
    for (const { comparison } of compared) {
      if (!comparison) continue;
      const { mean, interval, decimals, sentence, verdict } = comparison;
      expect(sentence).toContain(pointsWithUnit(mean!, decimals));
      for (const end of [interval!.low, interval!.high])
        expect(numbers(sentence)).toContain(numbers(pointsWithUnit(end, decimals))[0]);
      const stated = numbers(sentence.replaceAll('**', ''));
      const paragraph = cellsIn(page, 'p').find((text) => numbers(text).join() === stated.join());
      expect(paragraph).toBeDefined();
      expect(page).toContain(verdict);
      if (comparison.primary) expect(numbers(markdown)).toEqual(expect.arrayContaining(stated));
    }
  });
});
