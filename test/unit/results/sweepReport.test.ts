import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationOf } from '../../../src/results/calibration';
import { cellTable } from '../../../src/results/cells';
import { markdown, report } from '../../../src/results/report';
import { shownArms } from '../../../src/results/shown';
import { summarize } from '../../../src/results/summarize';
import type { Summary } from '../../../src/results/summary';
import { sweepText } from '../../../src/results/sweepText';
import { resultTable, seedTable } from '../../../src/results/table';
import { arm, experiment, opened, run } from './experiment';

const seeds = [0, 1, 2, 3, 4];
const fresh = [5, 6, 7, 8, 9];
const temperatures = Array.from({ length: 20 }, (_, i) => i + 1);
const alphas = [0.1, 0.3, 0.5, 0.7, 0.9];
const slugOf = (temperature: number, alpha: number) => `t${temperature}-a${alpha}`;
const WINNER = slugOf(7, 0.5);

/** A hundred cells of five seeds; that with T 7 and α 0.5 has the fewest errors, and a few more on fresh seeds. */
function sweep(confirmed = true): Summary {
  const errors = (temperature: number, alpha: number) =>
    20 + Math.abs(temperature - 7) + Math.round(10 * Math.abs(alpha - 0.5));
  const cells = temperatures.flatMap((temperature) =>
    alphas.map((alpha) =>
      arm(
        slugOf(temperature, alpha),
        seeds.map((seed) => run(seed, errors(temperature, alpha) + (seed % 2))),
        {
          role: 'cell',
          cell: { temperature, alpha },
          title: `KD T ${temperature} · α ${alpha}`,
          primary: false,
        },
      ),
    ),
  );
  const scratch = (slug: string, of: number[]) =>
    arm(
      slug,
      of.map((seed) => run(seed, 40)),
      { temperature: null, softTargets: 'none', scratch: null },
    );
  const confirmation = arm(
    'confirmation',
    fresh.map((seed) => run(seed, 24)),
    {
      role: 'confirmation',
      cell: { temperature: 7, alpha: 0.5 },
      title: 'KD T 7 · α 0.5, fresh seeds',
      scratch: 'scratch-fresh',
      primary: true,
    },
  );
  const { scratch: _, ...base } = { ...experiment(), scratch: null };
  const input = opened({
    ...base,
    scratches: confirmed
      ? [scratch('scratch-fresh', fresh), scratch('scratch', seeds)]
      : [scratch('scratch', seeds)],
    arms: confirmed
      ? [confirmation, ...cells]
      : cells.map((one) => ({ ...one, primary: one.slug === WINNER })),
    sweep: {
      parameters: [
        { path: 'temperature', label: 'T', values: temperatures },
        { path: 'alpha', label: 'α', values: alphas },
      ],
      search: 'grid',
      winner: WINNER,
      confirmation: confirmed ? 'confirmation' : null,
    },
  });
  return summarize(input);
}
const summary = sweep();
const again = { command: 'distillery run few.distill.json', files: [], laboratory: null };

describe('the cells of a sweep', () => {
  it('stand best on validation first, each with its paired gain, sd and Holm’s p', () => {
    const { table, left } = cellTable(summary, summary.sweep!, 40);
    expect(left).toBe(60);
    expect(table.head.slice(1, 3)).toEqual(['T', 'α']);
    const [first] = table.rows;
    expect(first?.cells.slice(0, 3)).toEqual(['KD T 7 · α 0.5 (chosen)', '7', '0.5']);
    expect(first?.cells[4]).toBe('+9.8 ± 0.3');
    expect(first?.cells[6]).toBe('BEATS');
    const validation = table.rows.map(({ cells }) => parseFloat(cells[3]!));
    expect(validation).toEqual([...validation].sort((a, b) => b - a));
    expect(validation[0]).toBeGreaterThan(validation.at(-1)!);
  });

  it('are told of in words: what was searched, chosen and confirmed, and what was luck', () => {
    const said = sweepText(summary, summary.sweep!).join(' ').replaceAll('\u202f', ' ');
    expect(said).toContain('100 cells, all combinations of T 1, 2, 3');
    expect(said).toContain('Chosen on validation: KD T 7 · α 0.5.');
    expect(said).toContain(
      'Its gain over scratch on validation was +9.8 pp when it was chosen and +8.0 pp on fresh seeds.',
    );
    expect(said).toContain('inflated it by 1.8 pp');
    const alone = sweep(false);
    expect(sweepText(alone, alone.sweep!)[1]).toMatch(/not repeated on fresh seeds/);
    expect(markdown(alone, again)).toMatch(/is due to selection/);
  });
});

describe('a sweep among the other tables', () => {
  it('leaves its cells to their own, but for the winner, and pairs what is confirmed with its own scratch', () => {
    expect(shownArms(summary).arms.map(({ slug }) => slug)).toEqual(['confirmation', WINNER]);
    const scratches = ['scratch-fresh', 'scratch'];
    expect(shownArms(summary).scratches.map(({ slug }) => slug)).toEqual(scratches);
    expect(resultTable(summary).rows.map(({ kind }) => kind)).toEqual([
      'teacher',
      'scratch',
      'scratch',
      'distilled',
      'distilled',
    ]);
    const table = seedTable(summary);
    expect(table.head).toHaveLength(1 + 10 + 1);
    expect(table.rows).toHaveLength(2 + 2 * 2);
  });
});

describe('the report of a hundred arms and five seeds', () => {
  const steps = Array.from({ length: 5_000 }, (_, i) => i);
  const line = { x: steps, y: steps.map((i) => 1 + Math.sin(i * 1.7)) };
  const curves = [...summary.arms, summary.scratch!, ...summary.otherScratches].flatMap((one) =>
    one.seeds.map(({ seed }) => ({
      arm: one.slug,
      seed,
      plannedSteps: 5_000,
      terms: {},
      losses: { distillation: line, student: line },
      validationAccuracy: line,
    })),
  );
  const page = report(summary, {
    ...again,
    made: '2026-01-01T00:00:00Z',
    curves,
    calibration: [calibrationOf({ title: 'kd', kind: 'distilled' }, [run(0, 20)], 'test')!],
    configuration: [],
    environment: [],
  });

  it('stays below 2 MB', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
  });

  it('has the sweep after the results, forty cells of it, and says that there are more', () => {
    expect(page.indexOf('<h2>Sweep</h2>')).toBeGreaterThan(page.indexOf('<h2>Results</h2>'));
    expect(page.indexOf('<h2>Sweep</h2>')).toBeLessThan(page.indexOf('<h2>Curves</h2>'));
    expect(page).toContain('And 60 more cells: see the CSV');
    expect(page.match(/ · α [\d.]+( \(chosen\))?<\/th>/g)!.length).toBeLessThan(60);
    expect(page).not.toMatch(/undefined|NaN|\bnull\b|\[object|Infinity/);
  });
});

/** As a table of GitHub’s is cut into cells: at pipes that nothing escapes. */
const cellsOf = (row: string) => row.split(/(?<!\\)\|/).slice(1, -1);

describe('Markdown for a pull request', () => {
  it('has the question, the verdict, the table, the best ten cells and how to repeat it', () => {
    const text = markdown(summary, { ...again, files: [['few.distill.json', 'ab'.repeat(32)]] });
    expect(text).toMatch(
      /^## few-labels\n\nDo soft targets help where labels are few\?\n\n\*\*BEATS\*\*: The distilled student is \*\*\+8\.0\u202fpp\*\* more accurate/,
    );
    expect(text).toContain('### Sweep');
    expect(text).toContain('And 90 more cells: see the report.');
    expect(text).toContain('```sh\ndistillery run few.distill.json\n```');
    expect(text).toContain(`| few.distill.json | ${'ab'.repeat(32)} |`);
    expect(text).toContain('### What was not established\n\n- ');
    expect(text.length).toBeLessThan(20_000);
  });

  it('keeps its tables and its fences whatever a name holds', () => {
    const name = fc.string({
      unit: fc.constantFrom('|', '`', '\\', '\n', '\r', '*', '<', '@', 'a', ' ', '#', '['),
      minLength: 1,
    });
    fc.assert(
      fc.property(name, name, (title, command) => {
        const input = experiment({ description: title });
        const arms = input.arms.map((one) => ({ ...one, title }));
        const lines = markdown(summarize({ ...input, arms }), { command, files: [[title, title]] }).split(
          '\n',
        );
        const start = lines.findIndex((row) => row.startsWith('|'));
        const rows = lines.slice(start, lines.indexOf('', start));
        expect(rows).toHaveLength(2 + 3);
        for (const row of rows) expect(cellsOf(row)).toHaveLength(7);
        const fence = lines.find((row) => /^`{3,}sh$/.test(row))!.slice(0, -2);
        expect(lines.filter((row) => row === fence)).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });

  it('shows no HTML and calls nobody', () => {
    const evil = '<img src=x> @somebody [x](javascript:y)';
    const input = experiment({ experiment: evil, description: evil });
    const text = markdown(summarize(input), again);
    expect(text).not.toMatch(/<img|@somebody|\]\(/);
  });
});
