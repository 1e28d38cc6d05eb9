import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commands, window, workspace, type ExtensionContext } from 'vscode';
import type { Numerics } from '../../../src/config/numerics';
import { readExperiment } from '../../../src/config/read';
import type { EngineFile } from '../../../src/runs/files';
import { planSetup } from '../../../src/runner/setup/plan';
import { engineHint } from '../../../src/host/configs/engineHint';
import { lacksNative, reportStartFailure } from '../../../src/host/engine/needed';
import { offerFor } from '../../../src/host/engine/offer';
import { isNativeThere } from '../../../src/host/engine/nativeEngine';
import { Steps } from '../../../src/host/engine/setUp';
import type { Host } from '../../../src/host/host';
import type { ExperimentView } from '../../../src/host/store/views';
import { plantExperiment } from '../../fixtures/runFolders';
import { runView } from './views';
import { eventually } from '../eventually';

const way = planSetup('native', { platform: 'linux', arch: 'x64' });
const numerics: Numerics = {
  engine: 'native',
  version: '4.22.0, libtensorflow 2.15.1',
  variant: 'libtensorflow',
  threads: 2,
  execution: 'graph',
};
const engine = (id: 'native' | 'portable') =>
  ({ numerics: { ...numerics, engine: id }, why: '', tried: [] }) as unknown as EngineFile;
const withoutUnits = (text: string) => text.replaceAll('\u202f', ' ');

describe('the offer of the native engine', () => {
  const works = { kind: 'works', folder: '/s/native', ours: true, numerics, madeFrom: null } as const;
  const titles = (...parts: Parameters<typeof offerFor>) =>
    offerFor(...parts).choices.map(({ title }) => title);

  it('says what it is, what it costs and where it goes, before anything is fetched', () => {
    const { message, choices } = offerFor({ kind: 'absent' }, way, '/s/native');
    expect(withoutUnits(message)).toBe(
      'Set up Native TensorFlow? It trains wide networks several times faster than the portable engine. ' +
        'Downloads up to 283 MB and uses 1.2 GB on disk, in /s/native, outside your projects.',
    );
    expect(choices).toEqual([
      { title: 'Set Up', choice: 'setUp' },
      { title: 'Cancel', choice: 'cancel' },
    ]);
  });

  it('says which one is there and works, and offers to remove it or to do it again', () => {
    const { message } = offerFor(works, way, '/s/native');
    expect(message).toBe(
      'The native engine is set up and works: TensorFlow.js 4.22.0, libtensorflow 2.15.1, 2 threads, in /s/native.',
    );
    expect(titles(works, way, '/s/native')).toEqual(['Remove', 'Set Up Again']);
  });

  it('says of one from other versions that it is', () => {
    const { message } = offerFor({ ...works, madeFrom: 'tfjs-node 4.21.0' }, way, '/s/native');
    expect(message).toMatch(
      /It was built from tfjs-node 4\.21\.0; this version of Distillery uses different versions\.$/,
    );
    const same = offerFor({ ...works, madeFrom: way.madeFrom }, way, '/s/native');
    expect(same.message).not.toContain('built from');
  });

  it('says why one does not work, and what doing it again costs', () => {
    const broken = { kind: 'broken', folder: '/s/native', ours: true, reason: 'It crashed.' } as const;
    const { message } = offerFor(broken, way, '/s/native');
    expect(message).toContain('in /s/native does not work: It crashed. Set it up again?');
    expect(withoutUnits(message)).toContain('Downloads up to 283 MB');
    expect(titles(broken, way, '/s/native')).toEqual(['Set Up Again', 'Remove']);
  });

  it('decides nothing about one beside Distillery, which is not its own', () => {
    const broken = { kind: 'broken', folder: '/c/node_modules', ours: false, reason: 'It crashed.' } as const;
    expect(titles({ ...works, ours: false }, way, '/s/native')).toEqual([]);
    expect(titles(broken, way, '/s/native')).toEqual([]);
  });
});

describe('the progress of a set-up', () => {
  it('names the stage, and how much of a download is there', () => {
    const told: string[] = [];
    const steps = new Steps((message) => told.push(withoutUnits(message)));
    steps.show({ title: 'pip downloads tensorflow', number: 4, of: 7 });
    steps.showDownload(102_400_000, 207_208_420);
    steps.show({ title: 'unpacks it', number: 5, of: 7 });
    expect(told).toEqual([
      '4 of 7: pip downloads tensorflow',
      '4 of 7: pip downloads tensorflow: 102 MB of 207 MB',
      '5 of 7: unpacks it',
    ]);
  });
});

describe('an experiment that asks for the native engine', () => {
  let root: string;
  let file: string;
  let text: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'distillery-engine-'));
    file = plantExperiment(root);
    text = '';
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function asking(wanted: string): ReturnType<typeof readExperiment>['experiment'] {
    const { experiment } = readExperiment(file);
    text = `{ "engine": "${wanted}" }`;
    return experiment && { ...experiment, config: { ...experiment.config, engine: wanted as 'native' } };
  }
  const hints = (wanted: string, there: boolean, begun: EngineFile | null = null) => {
    const experiment = asking(wanted);
    return engineHint(
      { file, experiment, engine: begun },
      () => there,
      () => text,
    );
  };

  it('is told where it is not there, at that word, with the way out of it', () => {
    const [hint, ...others] = hints('native', false);
    expect(others).toEqual([]);
    expect(hint).toMatchObject({ severity: 'warning', code: 'native-missing' });
    expect(text.slice(hint?.offset, (hint?.offset ?? 0) + (hint?.length ?? 0))).toBe('"native"');
    expect(hint?.fixes.map(({ title }) => title)).toEqual(['Set engine to "auto"']);
  });

  it('is told nothing where it is there, and one that asks for no engine neither', () => {
    expect(hints('native', true)).toEqual([]);
    expect(hints('auto', false)).toEqual([]);
  });

  it('is told nothing once it was begun on another, which says so itself', () => {
    expect(hints('native', false, engine('portable'))).toEqual([]);
    expect(hints('native', false, engine('native'))[0]?.fixes).toEqual([]);
  });
});

describe('before a training', () => {
  let storage: string;
  const context = { asAbsolutePath: (path: string) => join('/nowhere', path) } as ExtensionContext;
  const host = { context, log: { error: vi.fn() } } as unknown as Host;
  const showErrorMessage = vi.fn();
  const executeCommand = vi.fn();
  beforeEach(() => {
    storage = mkdtempSync(join(tmpdir(), 'distillery-storage-'));
    vi.stubEnv('DISTILLERY_STORAGE', storage);
    showErrorMessage.mockReset().mockResolvedValue('Set Up Native Engine…');
    executeCommand.mockReset();
    Object.assign(window, { showErrorMessage });
    Object.assign(commands, { executeCommand });
    Object.assign(workspace, {
      getConfiguration: () => ({ get: (_: string, otherwise: unknown) => otherwise }),
    });
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(storage, { recursive: true });
  });

  const view = (wanted: string, begun: EngineFile | null = null) =>
    ({ name: 'few', experiment: { config: { engine: wanted } }, engine: begun }) as unknown as ExperimentView;

  function plantBinding(): void {
    const folder = join(storage, 'native', 'node_modules', '@tensorflow', 'tfjs-node');
    mkdirSync(join(folder, 'lib', 'napi-v8'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{}');
    writeFileSync(join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'), '');
  }

  it('says that the engine is not there, and sets it up from there', async () => {
    expect(lacksNative(host, view('native'))).toBe(true);
    expect(showErrorMessage).toHaveBeenCalledWith(
      'few uses the engine "native", which is not set up on this machine.',
      'Set Up Native Engine…',
      'Show Log',
    );
    await eventually(() => expect(executeCommand).toHaveBeenCalledWith('distillery.setUpEngine'));
  });

  it('goes by what it was begun on, before what the file says', () => {
    expect(lacksNative(host, view('auto', engine('native')))).toBe(true);
    expect(showErrorMessage.mock.calls[0]?.[0]).toContain('was started on the engine "native"');
    expect(lacksNative(host, view('native', engine('portable')))).toBe(false);
    expect(lacksNative(host, view('auto'))).toBe(false);
  });

  it('says what the runner complained of, unless a run says it', async () => {
    const shown = { ...view('native'), runs: [runView()] };
    const store = { look: vi.fn(), get: () => shown };
    await reportStartFailure({ ...host, store } as unknown as Host, '/few', 'It crashed in its self-test.');
    expect(showErrorMessage).toHaveBeenCalledWith(
      'few: It crashed in its self-test.',
      'Set Up Native Engine…',
      'Show Log',
    );
    shown.runs = [runView({ status: 'failed' })];
    await reportStartFailure({ ...host, store } as unknown as Host, '/few', 'kd/seed-0: It failed.');
    expect(showErrorMessage).toHaveBeenCalledTimes(1);
  });

  it('finds the one in the storage folder, also of the trainers’ own', () => {
    expect(isNativeThere(context)).toBe(false);
    plantBinding();
    expect(isNativeThere(context)).toBe(true);
    expect(lacksNative(host, view('native'))).toBe(false);
    vi.stubEnv('DISTILLERY_STORAGE', join(storage, 'elsewhere'));
    expect(isNativeThere(context)).toBe(false);
    const trainerEnvironment = { DISTILLERY_STORAGE: storage };
    Object.assign(workspace, {
      getConfiguration: () => ({
        get: (key: string, otherwise: unknown) =>
          key === 'trainerEnvironment' ? trainerEnvironment : otherwise,
      }),
    });
    expect(isNativeThere(context)).toBe(true);
  });
});
