import { describe, expect, it } from 'vitest';
import { childrenOf, experimentNode, newestOf, type Node } from '../../../src/host/sidebar/nodes';
import { treeRow } from '../../../src/host/sidebar/rows';
import type { ExperimentView } from '../../../src/host/store/views';
import type { Summary } from '../../../src/results/summary';
import { stepEvent } from '../../fixtures/runFolders';
import { experimentView, runView } from './views';

const inside = (view: ExperimentView) => childrenOf(experimentNode(view));
const plain = (text: string) => text.replaceAll('\u202f', ' ');
const described = (node: Node | undefined) => {
  if (!node) throw new Error('no such node');
  const { label, description } = treeRow(node);
  return plain(`${label} | ${description}`);
};
const armOf = (view: ExperimentView, arm: string) =>
  inside(view).find((node) => node.kind === 'arm' && node.arm === arm);

describe('inside an experiment', () => {
  it('that was never run stand teacher, student and how long it will take', () => {
    const view = experimentView([runView({ arm: 'teacher' }), ...[0, 1].map((seed) => runView({ seed }))], {
      missing: 2,
    });
    expect(inside(view).map(described)).toEqual([
      'Teacher | MLP 64-256-256-10 · 85,002 parameters',
      'Student | MLP 64-16-10 · 1,210 parameters',
      'Run 2 trainings | about 38 s',
    ]);
  });

  it('stand distilled arms before scratch, and at last what the file no longer asks for', () => {
    const view = experimentView([
      runView({ arm: 'scratch', status: 'finished', accuracy: 0.9 }),
      runView({ status: 'finished', accuracy: 0.95 }),
      runView({ arm: 'old', title: 'KD T 8', status: 'finished', accuracy: 0.9, planned: false }),
    ]);
    const arms = inside(view).filter((node) => node.kind === 'arm');
    expect(arms.map((node) => treeRow(node).label)).toEqual(['kd', 'scratch', 'KD T 8']);
    expect(described(arms[2])).toContain('no longer in the file');
    expect(treeRow(arms[2] as Node).context).toContain('old');
  });

  it('stand the members of an ensemble below the teacher, and among no arms', () => {
    const members = [4, 5].map((seed) => {
      const folder = `/w/runs/teachers/five-00000${seed}`;
      return { ...runView({ arm: 'teacher', seed, status: 'finished', accuracy: 0.9 }), folder, id: folder };
    });
    const together = runView({ arm: 'teacher', status: 'finished', accuracy: 0.95 });
    const ensemble = {
      average: 'probabilities',
      members: members.map(({ folder, seed }) => ({
        name: 'five',
        identity: 'i',
        folder: folder.slice(3),
        seed,
      })),
    };
    const spec = { ...together.spec, ensemble } as typeof together.spec;
    const view = experimentView([
      ...members,
      { ...together, spec },
      runView({ status: 'finished', accuracy: 0.9 }),
    ]);
    const teacher = inside(view).find((node) => node.kind === 'teacher')!;
    expect(described(teacher)).toContain('val 95.0 %');
    expect(childrenOf(teacher).map(described)).toEqual([
      'five · seed 4 | val 90.0 %',
      'five · seed 5 | val 90.0 %',
    ]);
    const arms = inside(view).filter((node) => node.kind === 'arm');
    expect(arms.map((node) => treeRow(node).label)).toEqual(['kd', 'scratch']);
  });

  it('has the teacher’s accuracy first, which a narrow sidebar does not cut', () => {
    const view = experimentView([runView({ arm: 'teacher', status: 'finished', accuracy: 0.97 })]);
    expect(described(inside(view).find(({ kind }) => kind === 'teacher'))).toBe(
      'Teacher | val 97.0 % · MLP 64-256-256-10',
    );
  });

  it('names what is done after the last training', () => {
    const view = experimentView([runView({ status: 'finished' })], { state: 'running', phase: 'test' });
    expect(described(experimentNode(view))).toBe('few | opening the test set');
  });

  it('is unfolded where it did something last', () => {
    const at = (key: string, time: number | null) => experimentView([runView({ state: { time } })], { key });
    expect(newestOf([at('a', null), at('b', 5), at('c', 3)])).toBe('b');
    expect(newestOf([at('a', null), at('b', null)])).toBe('a');
    expect(newestOf([])).toBeUndefined();
  });

  it('stands what its files need first', () => {
    const view = experimentView([], {
      diagnostics: [
        { file: 'f', offset: 0, length: 1, severity: 'error', code: 'x', message: 'α is 9.', fixes: [] },
      ],
    });
    expect(described(inside(view)[0])).toBe('The config files have errors | α is 9.');
  });

  it('keep every row the same id over refreshes, and none twice', () => {
    const view = experimentView(
      [0, 1, 2].map((seed) => runView({ seed, status: 'finished', accuracy: 0.9 })),
    );
    const ids = () => inside(view).flatMap((node) => [node.id, ...childrenOf(node).map(({ id }) => id)]);
    expect(ids()).toEqual(ids());
    expect(new Set(ids()).size).toBe(ids().length);
  });
});

describe('a sweep', () => {
  const cells = Array.from({ length: 12 }, (_, i) => `cell-${i}`);
  const arms = ['scratch', 'kd', ...cells].map((slug) => ({
    slug,
    title: slug,
    scratch: slug === 'scratch',
    role: slug.startsWith('cell') ? 'cell' : 'listed',
  })) as unknown as ExperimentView['arms'];
  const statuses = { 'cell-3': 'failed', 'cell-5': 'running', 'cell-9': 'queued' } as const;
  const runs = [
    runView({ arm: 'kd', seed: 0, status: 'finished' }),
    ...cells.map((arm) =>
      runView({ arm, seed: 0, status: statuses[arm as keyof typeof statuses] ?? 'finished' }),
    ),
  ];
  const [sweep] = inside(experimentView(runs, { arms })).filter(({ kind }) => kind === 'sweep');

  it('is one row: problems first, what is calm folded', () => {
    expect(described(sweep)).toBe('Sweep | 12 cells · 9 of 12 runs');
    expect(childrenOf(sweep as Node).map((node) => treeRow(node).label)).toEqual([
      'cell-3 · seed 0',
      'cell-5 · seed 0',
      '1 queued',
      '9 finished',
    ]);
    const folded = childrenOf(sweep as Node).at(-1) as Node;
    expect(childrenOf(folded)).toHaveLength(9);
    expect(treeRow(childrenOf(folded)[0] as Node).label).toBe('cell-0 · seed 0');
  });
});

describe('a seed', () => {
  const seeds = (...runs: Parameters<typeof runView>[0][]) => {
    const view = experimentView(runs.map((parts, seed) => runView({ seed, ...parts })));
    const arm = armOf(view, 'kd');
    return arm ? childrenOf(arm) : [];
  };

  it('says what a reader wants next, problems first', () => {
    const start = { event: 'start', time: 0, attempt: 1, pid: 1, host: 'h', step: 0, parameters: 1 } as const;
    const steps = Array.from({ length: 400 }, (_, i) => stepEvent(i + 1, 10 * (i + 1), 1));
    const rows = seeds(
      { status: 'finished', accuracy: 0.945 },
      { status: 'queued' },
      { status: 'running', events: [start, ...steps] },
      { status: 'interrupted', state: { step: 512 } },
      { status: 'failed', state: { message: 'The loss became NaN.\nstack', cause: 'nan' } },
      { status: 'stopped', state: { step: 96 } },
    );
    expect(rows.map(described)).toEqual([
      'seed 3 | interrupted at 64 %',
      'seed 4 | The loss became NaN.',
      'seed 5 | stopped at 12 %',
      'seed 2 | 50 % · 0:04 left',
      'seed 0 | val 94.5 % · 3.1 s',
      'seed 1 | queued',
    ]);
  });

  it('tells its status without colour: by icon, word and menu', () => {
    const statuses = ['finished', 'queued', 'running', 'interrupted', 'failed', 'stopped'] as const;
    const rows = seeds(...statuses.map((status) => ({ status }))).map(treeRow);
    expect(new Set(rows.map(({ icon }) => icon)).size).toBe(statuses.length);
    for (const row of rows) {
      const status = statuses.find((one) => row.context === `seed ${one}`);
      expect(row.accessible).toContain(status);
    }
  });

  it('shows the numbers of a running one in its tooltip', () => {
    const [row] = seeds({
      status: 'running',
      events: [
        { event: 'start', time: 0, attempt: 1, pid: 1, host: 'h', step: 0, parameters: 1 },
        stepEvent(342, 100, 0.052),
      ],
    }).map(treeRow);
    const cells = Object.fromEntries(row?.tooltip ?? []);
    expect(cells).toMatchObject({
      Step: '342 of 800',
      'Loss: distillation T²·KL': '0.104',
      'Loss: student (hard)': '0.0520',
    });
  });
});

describe('an experiment', () => {
  const comparison = {
    primary: true,
    verdict: 'BEATS',
    mean: 0.034,
    sentence: 'The distilled student is **+3.4 pp** more accurate.',
  };
  const finished = [runView({ status: 'finished', accuracy: 0.95 })];

  it('ends with its verdict, as word, icon and number', () => {
    const summary = { part: 'test', comparisons: [comparison], arms: [] } as unknown as Summary;
    const row = treeRow(experimentNode(experimentView(finished, { state: 'finished', summary })));
    expect(plain(row.description)).toBe('BEATS +3.4 pp');
    expect(row.icon).toBe('pass-filled');
  });

  it('keeps quiet about it while the test set is sealed', () => {
    const summary = { part: 'validation', comparisons: [comparison], arms: [] } as unknown as Summary;
    const row = treeRow(experimentNode(experimentView(finished, { state: 'finished', summary })));
    expect(row.description).toBe('1 of 1 done');
  });

  it('counts while it runs, and can be stopped by its menu', () => {
    const runs = [...finished, runView({ seed: 1, status: 'running' }), runView({ seed: 2 })];
    const row = treeRow(experimentNode(experimentView(runs, { state: 'running' })));
    expect(row.description).toBe('1 of 3 trainings done');
    expect(row.context).toMatch(/^experiment running/);
  });
});
