import { describe, expect, it } from 'vitest';
import { calibrationOf } from '../../../src/results/calibration';
import { classesView } from '../../../src/results/classes/view';
import { markdown, report, type ReportExtras } from '../../../src/results/report';
import { fixed, percent, points } from '../../../src/results/format';
import { smooth, thin } from '../../../src/results/report/scales';
import { summarize } from '../../../src/results/summarize';
import { resultTable, seedTable } from '../../../src/results/table';
import { arm, experiment, predictions, queued, run } from './experiment';

const n = '\u202f';
const steps = Array.from({ length: 800 }, (_, i) => i + 1);
const curvesOf = (slug: string, seed: number, terms: string[]) => ({
  arm: slug,
  seed,
  plannedSteps: 800,
  terms: {},
  losses: Object.fromEntries(terms.map((term, i) => [term, { x: steps, y: steps.map((s) => (3 + i) / s) }])),
  validationAccuracy: { x: [200, 400, 800], y: [0.7, 0.8, 0.85 + seed / 100] },
});
const extras = (more: Partial<ReportExtras> = {}): ReportExtras => ({
  made: '2025-11-21T14:02:00Z',
  curves: [0, 1].flatMap((seed) => [
    curvesOf('scratch', seed, ['student']),
    curvesOf('kd-t4', seed, ['distillation', 'student']),
  ]),
  configuration: [['temperature', '4', 'default']],
  environment: [['Node', '20.19.0']],
  calibration: [],
  laboratory: null,
  command: 'distillery run experiments/few-labels',
  files: [['experiments/few-labels.distill.json', 'a1'.repeat(32)]],
  ...more,
});
const calibrated = calibrationOf(
  { title: 'KD T 4 · α 0.9', kind: 'distilled' },
  experiment().arms[0]!.runs,
  'test',
)!;
const text = (page: string) =>
  page
    .replace(/<style>[^]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the report', () => {
  const summary = summarize(experiment());
  const page = report(summary, extras());

  it('has the question, the verdict with its sentence, both tables and everything to repeat it', () => {
    const said = text(page);
    expect(said).toContain('Do soft targets help where labels are few?');
    expect(said).toContain('BEATS');
    expect(said).toContain(summary.comparisons[0]!.sentence.split('**')[2]!.replaceAll(/\s+/g, ' ').trim());
    expect(page).toContain(`<strong>+10.0${n}pp</strong>`);
    for (const table of [resultTable(summary), seedTable(summary)])
      for (const { cells } of table.rows) for (const cell of cells) expect(page).toContain(cell);
    for (const part of [
      'distillery run experiments/few-labels',
      'Native TensorFlow is not installed.',
      '20.19.0',
      'temperature',
      'What was not established',
      'teacher frozen, logits cached',
      '21 Nov 2025',
    ])
      expect(said).toContain(part);
  });

  it('draws a dot a seed, the interval and the curves in their colours', () => {
    expect(page.match(/class="dot"/g)).toHaveLength(5);
    expect(page).toContain('class="interval"');
    expect(page).toMatch(/class="line teacher\s*"/);
    expect(page).toMatch(/class="line labels\s*"/);
    expect(page).toMatch(/class="line teacher faint"/);
    expect(page).toMatch(
      /aria-label="Training loss: distillation from 3\.00 to 0\.00\d+; student from 4\.00 to 0\.00\d+\."/,
    );
  });

  it('shows what stands beside the rule’s interval, and McNemar’s counts of each seed', () => {
    const [one] = summary.comparisons;
    const { seedInterval, bootstrap, mcnemar } = one!.information!;
    const say = ({ low, high }: { low: number; high: number }) => `${points(low, 1)} to ${points(high, 1)}`;
    for (const bounds of [one!.interval!, seedInterval, bootstrap]) expect(text(page)).toContain(say(bounds));
    expect(text(page)).toContain('5–0–0 0.063');
    expect(mcnemar[0]).toMatchObject({ seed: 0, b: 20, c: 0 });
    expect(text(page)).toMatch(/seed 0 20 0 &lt;.0\.001/);
  });

  it('needs nothing else: no script, no link, no address', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|https?:|javascript:|\son\w+=/i);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  it('has numbers everywhere: nothing undefined, null or NaN', () => {
    expect(page).not.toMatch(/undefined|NaN|\bnull\b|\[object|Infinity/);
  });

  it('stays below 2 MB however long the training and however many the seeds', () => {
    const many = Array.from({ length: 20 }, (_, seed) => seed);
    const long = Array.from({ length: 20_000 }, (_, i) => i);
    const heavy = ['scratch', 'kd-t4', 'a', 'b', 'c', 'd', 'e', 'f'].flatMap((slug) =>
      many.map((seed) => ({
        ...curvesOf(slug, seed, []),
        losses: Object.fromEntries(
          ['distillation', 'student'].map((term) => [
            term,
            { x: long, y: long.map((i) => 1 + Math.sin(i * 1.7)) },
          ]),
        ),
      })),
    );
    const arms = ['kd-t4', 'a', 'b', 'c', 'd', 'e', 'f'].map((slug) =>
      arm(
        slug,
        many.map((seed) => run(seed, 20)),
        { primary: slug === 'kd-t4' },
      ),
    );
    const scratch = arm(
      'scratch',
      many.map((seed) => run(seed, 40)),
    );
    const big = report(summarize(experiment({ seeds: many, scratch, arms })), extras({ curves: heavy }));
    expect(Buffer.byteLength(big)).toBeLessThan(2_000_000);
    expect(text(big)).toContain('The curves of 1 more arm are');
  });

  it('has its sections in the order in which somebody asks', () => {
    const withDiagrams = report(summary, extras({ calibration: [calibrated] }));
    expect([...withDiagrams.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title)).toEqual([
      'Results',
      'Statistics',
      'Curves',
      'Calibration',
      'Fidelity to the teacher',
      'Cost',
      'Configuration',
      'Environment',
      'How to reproduce this',
      'What was not established',
    ]);
    expect(withDiagrams.indexOf('class="verdict')).toBeLessThan(withDiagrams.indexOf('<h2>'));
    expect(text(withDiagrams)).toContain('a1'.repeat(32));
  });

  it('draws reliability at T 1 and after temperature scaling', () => {
    const withDiagrams = report(summary, extras({ calibration: [calibrated] }));
    expect(withDiagrams.match(/class="reliability teacher (filled|hollow)"/g)).toHaveLength(2);
    const error = summary.arms[0]!.ece!.mean;
    expect(withDiagrams).toContain(
      `Reliability of KD T 4 · α 0.9: calibration error ${percent(error, 1)}, after`,
    );
  });

  it('of an unfinished plan says what is sealed', () => {
    const seeds = [0, 1, 2, 3, 4];
    const fresh = experiment({
      teacher: null,
      engine: null,
      description: null,
      scratch: arm('scratch', seeds.map(queued)),
      arms: [arm('kd-t4', seeds.map(queued), { primary: true })],
      looks: [],
    });
    const early = report(summarize(fresh), extras({ curves: [], configuration: [], environment: [] }));
    expect(early).not.toMatch(/undefined|NaN|\bnull\b|Infinity/);
    expect(text(early)).toContain('No verdict yet');
    expect(text(early)).toContain('sealed');
    expect(text(early)).toContain('Anything about the test set');
    expect(text(early)).toContain('No curves were recorded.');
  });
});

describe('the Markdown', () => {
  it('has the verdict of every arm, with its sentence', () => {
    const two = summarize(
      experiment({
        arms: [
          experiment().arms[0]!,
          arm(
            'bad',
            [0, 1, 2, 3, 4].map((seed) => run(seed, 70 + seed)),
          ),
        ],
      }),
    );
    const [first, second] = two.comparisons;
    const text = markdown(two, extras());
    expect(text).toContain(`**${first!.verdict}**: `);
    expect(second!.verdict).not.toBe(first!.verdict);
    expect(text).toMatch(new RegExp(`^- bad: \\*\\*${second!.verdict}, corrected p .*worse`, 'm'));
  });
});

describe('hostile names', () => {
  const evil = `</title></style><script>alert("x")</script><img src=x onerror='y'>&amp;`;
  it('stay text wherever the workspace can put them', () => {
    const input = experiment({
      experiment: evil,
      description: `**${evil}**`,
      classes: [evil, evil, evil],
      engine: { name: evil, why: evil },
    });
    const arms = input.arms.map((one) => ({ ...one, slug: evil, title: evil }));
    const page = report(
      summarize({ ...input, arms, teacher: { ...input.teacher!, title: evil } }),
      extras({
        curves: [{ ...curvesOf(evil, 0, [evil]) }],
        configuration: [[evil, evil, evil]],
        environment: [[evil, evil]],
        command: evil,
        files: [[evil, evil]],
        calibration: [calibrationOf({ title: evil, kind: 'distilled' }, [run(0, 20)], 'test')!],
      }),
    );
    expect(page).not.toMatch(/<script|<img/i);
    expect(page.match(/<\/title>/g)).toHaveLength(1);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
    expect(page).toContain('&amp;amp;');
  });
});

describe('the cells of the tables', () => {
  const summary = summarize(experiment());

  it('are text that a terminal can print too', () => {
    expect(resultTable(summary, ['accuracy', 'parameters', 'size', 'latency'])).toEqual({
      head: ['', 'test accuracy', 'parameters', 'size, float32', 'latency, batch 1'],
      rows: [
        { kind: 'teacher', cells: ['Teacher mlp-256', `95.0${n}%`, '85,002', `340${n}kB`, `3.0${n}µs`] },
        { kind: 'scratch', cells: ['scratch', `79.0${n}% ± 0.8`, '1,210', `4.8${n}kB`, `5.0${n}µs`] },
        {
          kind: 'distilled',
          cells: ['KD T 4 · α 0.9', `89.0${n}% ± 0.8`, '1,210', `4.8${n}kB`, `5.0${n}µs`],
        },
      ],
    });
  });

  it('show each seed and under each arm its differences', () => {
    const { head, rows } = seedTable(summary);
    expect(head).toEqual(['test, %', 'seed 0', 'seed 1', 'seed 2', 'seed 3', 'seed 4', 'mean ± sd']);
    expect(rows.map((row) => row.kind)).toEqual(['scratch', 'distilled', 'difference']);
    expect(rows[2]?.cells).toEqual(['difference, pp', '+10.0', '+10.0', '+10.0', '+10.0', '+10.0', '+10.0']);
  });

  it('say the status of a seed that has no result', () => {
    const input = experiment();
    const stopped = input.arms[0]!.runs.map((one) =>
      one.seed === 2 ? { ...queued(2), status: 'stopped' as const } : one,
    );
    const { rows } = seedTable(summarize({ ...input, arms: [{ ...input.arms[0]!, runs: stopped }] }));
    expect(rows[1]?.cells[3]).toBe('stopped');
    expect(rows[2]?.cells[3]).toBe('–');
  });
});

describe('thinning', () => {
  it('keeps the lowest and the highest, gaps, and the order', () => {
    const y: (number | null)[] = Array.from({ length: 10_000 }, (_, i) => Math.sin(i));
    y[1234] = 50;
    y[7777] = -50;
    y[5000] = null;
    const { x, y: kept } = thin({ x: y.map((_, i) => i), y }, 240);
    expect(x.length).toBeLessThanOrEqual(242);
    expect(kept).toContain(50);
    expect(kept).toContain(-50);
    expect(kept).toContain(null);
    expect(x).toEqual([...x].sort((a, b) => a - b));
  });
});

describe('smoothing', () => {
  it('leaves a constant alone from the first step on, and follows with the weight given', () => {
    expect(smooth({ x: [1, 2, 3], y: [2, 2, 2] }, 0.9).y).toEqual([2, 2, 2]);
    expect(smooth({ x: [1, 2], y: [0, 1] }, 0.5).y[1]).toBeCloseTo(2 / 3, 12);
    expect(smooth({ x: [1, 2, 3], y: [1, null, 1] }, 0.9).y).toEqual([1, null, 1]);
  });
});

describe('the section on classes', () => {
  const runs = (wrong: number) =>
    [0, 1].map((seed) => ({ seed, validation: null, test: predictions(wrong) }));
  const classes = classesView({
    arm: 'kd-t4',
    title: 'KD T 4 · α 0.9',
    part: 'test',
    distilled: runs(20),
    scratch: runs(40),
    teacher: runs(10),
    missing: [],
  });

  it('has the accuracy of each class and every change of the confusion with its sign', () => {
    const page = report(summarize(experiment()), extras({ classes }));
    expect(text(page)).toContain('Confusion, distilled − scratch');
    for (const row of classes!.perClass) expect(page).toContain(`<td>${points(row.gain!, 1)}</td>`);
    const changed = classes!.confusion!.distilled[0]![1]! - classes!.confusion!.scratch![0]![1]!;
    expect(changed).toBeLessThan(0);
    expect(page).toMatch(new RegExp(`<td class="helped-[1-8]">${fixed(changed, 1)}<`));
    // The editor's policy lets no style attribute through.
    expect(page).not.toMatch(/\sstyle="/);
  });

  it('is left out before runs have kept their answers', () => {
    expect(text(report(summarize(experiment()), extras()))).not.toContain('Confusion');
  });
});
