import { readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { hoverText } from '../../src/config/hover';
import { readConfig, readExperiment } from '../../src/config/read';
import { readAs } from '../../src/config/readConfig';
import { resolveArms } from '../../src/config/resolveArms';
import { parseNpy } from '../../src/data/npy';
import { UserError } from '../../src/config/errors';
import { readPanelMessage } from '../../src/host/panel/inbound';
import { collectFolder } from '../../src/runs/collectFolder';
import { configurationRows } from '../../src/runs/describe';
import * as read from '../../src/runs/folder';
import { experimentFiles, runFiles } from '../../src/runs/layout';
import { readLease } from '../../src/runs/lease';
import { readLooks } from '../../src/runs/jsonLines';
import { readRungs } from '../../src/runs/jsonLines';
import { runStatus } from '../../src/runs/status';
import { readEvents } from '../../src/runs/tail';
import { restoreState } from '../../webview/state';
import { change, hostile, HOSTILE, prototypes, type Change } from './hostileKeys';
import { experiment, student, teacher, temporaryFolder, writeExperiment } from './runs/fixtures';

const before = prototypes();
afterEach(() => expect(prototypes()).toEqual(before));

const cnn = {
  layers: [
    { type: 'reshape', shape: [8, 8, 1] },
    { type: 'conv2d', filters: 2, kernelSize: 3, name: 'first' },
    { type: 'flatten' },
    { type: 'dense', units: 10 },
  ],
};
const swept = {
  ...experiment,
  sweep: { parameters: { temperature: [1, 2], 'student.layers.0.units': [8, 16] } },
};

describe('config files with keys that every object inherits', () => {
  const texts = { experiment: swept, teacher: { ...teacher, ...cnn }, student, settings: { runs: 'runs' } };

  it('end in a diagnostic at the key, whatever the level', () => {
    const kind = fc.constantFrom('experiment', 'teacher', 'student', 'settings');
    fc.assert(
      fc.property(kind, change, (which, one) => {
        const text = JSON.stringify(hostile(texts[which], { ...one, instead: false }));
        const { diagnostics } = readAs(which, `x.${which}.json`, text);
        expect(diagnostics.some(({ severity, message }) => severity === 'error' && message !== '')).toBe(
          which !== 'experiment' || !inParameters(text, one) || one.key === '__proto__',
        );
      }),
      { numRuns: 300 },
    );
  });

  /** Any path may stand among a sweep's parameters until it is looked up: a later check names it. */
  function inParameters(text: string, { key }: Change): boolean {
    const { sweep } = JSON.parse(text) as typeof swept;
    const values = Object.entries(sweep.parameters).find(([path]) => path === key)?.[1] as unknown;
    return Array.isArray(values) && values.length > 0;
  }

  it('are read with what they name, planned and hovered over', () => {
    const file = writeExperiment(temporaryFolder());
    fc.assert(
      fc.property(fc.constantFrom('distill', 'teacher', 'student'), change, (which, one) => {
        const value = { distill: swept, teacher, student }[which];
        const text = JSON.stringify(hostile(value, one));
        readAndPlan(file, (path) => (path.includes(`.${which}.`) ? text : undefined));
        for (let at = 0; at < text.length; at += 7) hoverText(text, at);
      }),
      { numRuns: 300 },
    );
  });

  const step = fc.constantFrom(
    ...HOSTILE,
    ...['layers', '0', '-1', 'training', 'optimizer', 'labels', 'split', 'units', 'length', ''],
  );
  const path = fc
    .tuple(
      fc.constantFrom('student', 'teacher', 'data', 'arms', ...HOSTILE),
      fc.array(step, { maxLength: 5 }),
    )
    .map(([first, rest]) => [first, ...rest].join('.'));

  it('cannot be walked by a sweep', () => {
    const file = writeExperiment(temporaryFolder());
    fc.assert(
      fc.property(path, fc.constantFrom('/x.so', 3, true), (name, value) => {
        const text = JSON.stringify({ ...experiment, sweep: { parameters: { [name]: [value] } } });
        const { diagnostics } = readAndPlan(file, (one) => (one === file ? text : undefined));
        if (HOSTILE.some((key) => name.includes(key))) {
          const found = diagnostics.find(({ code }) => code.startsWith('unknown-'));
          expect(text.slice(found?.offset, found!.offset + found!.length)).toBe(JSON.stringify(name));
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    'student.__proto__.LD_PRELOAD',
    'teacher.__proto__.LD_PRELOAD',
    'data.__proto__.LD_PRELOAD',
    'student.constructor.prototype.LD_PRELOAD',
    'data.split.constructor.prototype.LD_PRELOAD',
    'student.layers.__proto__.LD_PRELOAD',
    'student.layers.0.__proto__.LD_PRELOAD',
    'student.training.optimizer.toString.LD_PRELOAD',
  ])('such as %s', (name) => {
    const text = JSON.stringify({ ...experiment, sweep: { parameters: { [name]: ['/x.so'] } } });
    const file = writeExperiment(temporaryFolder());
    const { diagnostics } = readAndPlan(file, (one) => (one === file ? text : undefined));
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['unknown-path', 'error']]);
    expect(({} as Record<string, unknown>)['LD_PRELOAD']).toBeUndefined();
  });

  function readAndPlan(file: string, readText: (path: string) => string | undefined) {
    readConfig(file, readText(file));
    const reading = readExperiment(file, readText);
    const wrong = reading.diagnostics.some(({ severity }) => severity === 'error');
    if (reading.experiment && !wrong) resolveArms(reading.experiment);
    return reading;
  }
});

describe('run files with keys that every object inherits', () => {
  const page = readFileSync(join(__dirname, '../../docs/run-folder.md'), 'utf8');
  const examples = new Map(
    page.split(/^### /m).flatMap((section): [string, unknown[]][] => {
      const [name = ''] = section.split('\n');
      const text = /```(?:nd)?json\n([\s\S]*?)```/.exec(section)?.[1];
      if (text === undefined) return [];
      const texts = name.endsWith('.jsonl') ? text.trim().split('\n') : [text];
      return [[name, texts.map((one) => JSON.parse(one) as unknown)]];
    }),
  );

  it('are read, or said to be wrong', async () => {
    const names = fc.constantFrom(...examples.keys());
    await fc.assert(
      fc.asyncProperty(names, fc.array(change, { minLength: 1, maxLength: 4 }), async (name, changes) => {
        const root = temporaryFolder();
        const run = join(root, 'kd', 'seed-0');
        for (const [file, values] of examples) {
          const changed = file === name ? values.map((value) => changes.reduce(hostile, value)) : values;
          for (const folder of [root, run]) put(join(folder, file), changed);
        }
        await readAll(root, run);
      }),
      { numRuns: 150 },
    );
  });

  function put(file: string, values: readonly unknown[]): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${values.map((value) => JSON.stringify(value)).join('\n')}\n`);
  }

  async function readAll(root: string, run: string): Promise<void> {
    const { value } = await read.readRunFile(run);
    if (value) configurationRows(value);
    await Promise.all([read.readResult(run), read.readCost(run), read.readProbes(run)]);
    await Promise.all([read.readSpecialist(run), read.readEngine(root), read.readPlan(root)]);
    await Promise.all([readEvents(run), runStatus(run), readLease(runFiles(run).lease), readRungs(run)]);
    await Promise.all([readLooks(root), readLease(experimentFiles(root).runner)]);
    await onlyUserErrors(() => collectFolder(root));
  }

  it('say so of an array whose type is such a key', async () => {
    const header = `{'descr': '<constructor', 'fortran_order': False, 'shape': (1,), }`.padEnd(117) + '\n';
    const bytes = Buffer.concat([Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'), Buffer.from(header)]);
    await expect(onlyUserErrors(() => parseNpy(bytes, 'x.npy'))).resolves.toMatch(/constructor/);
  });

  async function onlyUserErrors(work: () => unknown): Promise<string | null> {
    try {
      await work();
      return null;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return error.message;
    }
  }
});

describe('messages and remembered states with keys that every object inherits', () => {
  const messages = [
    { type: 'select', run: 'kd', overlays: [] },
    { type: 'compare', arms: ['kd'] },
    { type: 'command', command: 'distillery.run', run: null, argument: null },
    { type: 'openFile', path: 'run.json', how: 'open' },
  ];

  it('are dropped', () => {
    fc.assert(
      fc.property(fc.constantFrom(...messages), change, (message, one) => {
        expect(readPanelMessage(hostile(message, one)).ok).toBe(false);
      }),
    );
  });

  it('leave a state that can be drawn', () => {
    const known = Object.keys(restoreState({}));
    fc.assert(
      fc.property(change, (one) => {
        const state = restoreState(hostile({ tab: 'compare', smoothing: 0.5 }, one));
        expect(Object.keys(state)).toEqual(known);
      }),
    );
  });
});
