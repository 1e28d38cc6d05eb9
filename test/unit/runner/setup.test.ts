import { chmodSync, existsSync, mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SetUpCancelled } from '../../../src/runner/setup/failures';
import { isCurrent, madeFrom } from '../../../src/runner/setup/madeFrom';
import { planSetup } from '../../../src/runner/setup/plan';
import { setUpEngine } from '../../../src/runner/setup/setUp';

describe('the ways to the native engine', () => {
  it.each([
    ['linux', 'x64', ['npm', 'wheel']],
    ['darwin', 'arm64', ['npm', 'wheel']],
    ['darwin', 'x64', ['npm']],
    ['win32', 'x64', ['npm']],
  ] as const)('on %s %s', (platform, arch, ways) => {
    expect(planSetup('native', { platform, arch }).map(({ id }) => id)).toEqual(ways);
  });

  it.each(['x64', 'arm64'])(
    'on Windows %s puts the library beside the binding, which looks for it there',
    (arch) => {
      const [way] = planSetup('native', { platform: 'win32', arch });
      const kinds = way?.stages.map(({ kind }) => kind);
      expect(kinds).toEqual(['write', 'command', 'expect', 'copy', 'accept']);
      const copies = planSetup('native', { platform: 'linux', arch }).flatMap(({ stages }) =>
        stages.filter(({ kind }) => kind === 'copy'),
      );
      expect(copies).toEqual([]);
    },
  );

  it('says where the wheel is none', () => {
    expect(() => planSetup('native', { platform: 'win32', arch: 'x64' }, 'wheel')).toThrow(
      'There is no wheel of Python’s TensorFlow to take libtensorflow from on win32 x64',
    );
  });
});

describe('the way to the GPU engine', () => {
  it.each([
    ['linux', 'x64', 'linux-x64'],
    ['linux', 'arm64', 'linux-arm64'],
    ['darwin', 'x64', 'darwin-universal'],
    ['darwin', 'arm64', 'darwin-universal'],
    ['win32', 'x64', 'win32-x64'],
  ] as const)('on %s %s keeps the build for it alone', (platform, arch, mine) => {
    const [way, ...others] = planSetup('gpu', { platform, arch });
    expect(others).toEqual([]);
    const stages = way?.stages ?? [];
    const build = `node_modules/webgpu/dist/${mine}`;
    expect(stages.flatMap((stage) => (stage.kind === 'expect' ? [stage.file] : []))).toEqual([
      `${build}/dawn.node`,
    ]);
    const removed = stages.flatMap((stage) => (stage.kind === 'remove' ? [stage.path] : []));
    expect(removed).toHaveLength(4);
    expect(removed).not.toContain(build);
    expect(stages.at(-1)?.kind).toBe('accept');
  });

  it('runs no script of a package', () => {
    const [way] = planSetup('gpu', { platform: 'linux', arch: 'x64' });
    const [npm] = way?.stages.filter((stage) => stage.kind === 'command') ?? [];
    expect(npm?.args).toContain('--ignore-scripts');
  });

  it('says where there is none', () => {
    expect(() => planSetup('gpu', { platform: 'linux', arch: 'riscv64' })).toThrow(
      'There is no build of WebGPU for linux riscv64',
    );
    expect(() => planSetup('gpu', { platform: 'linux', arch: 'x64' }, 'wheel')).toThrow('from npm alone');
  });
});

describe('what an engine was made from', () => {
  let storage: string;
  const ways = planSetup('native', { platform: 'linux', arch: 'x64' });
  beforeEach(() => (storage = mkdtempSync(join(tmpdir(), 'distillery-made-'))));
  afterEach(() => rmSync(storage, { recursive: true }));

  function plant(text: string): void {
    mkdirSync(join(storage, 'native'), { recursive: true });
    writeFileSync(join(storage, 'native', 'package.json'), text);
  }

  it.each(ways.map((way) => [way.id, way] as const))('stands beside it, by way of %s', (_, way) => {
    const [manifest] = way.stages.filter((stage) => stage.kind === 'write');
    plant(manifest?.text ?? '');
    expect(madeFrom('native', storage)).toBe(way.madeFrom);
    expect(isCurrent('native', ways, storage)).toBe(true);
    expect(madeFrom('gpu', storage)).toBeNull();
    expect(
      isCurrent(
        'native',
        ways.filter((other) => other !== way),
        storage,
      ),
    ).toBe(false);
  });

  it.each(['{', '{}', JSON.stringify({ madeFrom: '@tensorflow/tfjs-node 4.21.0, tensorflow-cpu 2.15.1' })])(
    'is not what would be made now: %s',
    (text) => {
      plant(text);
      expect(isCurrent('native', ways, storage)).toBe(false);
    },
  );

  it('is nothing where there is none', () => expect(madeFrom('native', storage)).toBeNull());
});

// The fakes are scripts of a POSIX shell.
describe.runIf(process.platform !== 'win32')('a set-up that fails', () => {
  let root: string;
  let storage: string;
  const said: string[] = [];
  const downloaded: [number, number][] = [];
  beforeEach(() => {
    downloaded.length = 0;
    root = mkdtempSync(join(tmpdir(), 'distillery-setup-'));
    storage = join(root, 'storage');
    mkdirSync(join(root, 'bin'));
    said.length = 0;
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function fake(program: string, script: string): void {
    const file = join(root, 'bin', program);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }

  const setUp = (signal?: AbortSignal) => setUpOf('native', signal);
  const setUpOf = (engine: 'native' | 'gpu', signal = new AbortController().signal) =>
    setUpEngine(engine, {
      trainerPath: join(root, 'dist', 'trainer.js'),
      runtime: { path: process.execPath, environment: { PATH: join(root, 'bin') } },
      ways: planSetup(engine, { platform: 'linux', arch: 'x64' }),
      show: ({ title, number, of }) => said.push(`${number}/${of} ${title}`),
      showDownload: (bytes, of) => downloaded.push([bytes, of]),
      say: (sentence) => said.push(sentence),
      signal,
      storage,
    });

  /** Nothing but the log. */
  const expectNothingLeft = () =>
    expect(readdirSync(storage).filter((name) => !name.endsWith('.log'))).toEqual([]);

  it('names what each way lacks, and leaves nothing behind', async () => {
    fake('npm', 'echo "npm error network ENOTFOUND" >&2; exit 1');
    const failure = setUp();
    await expect(failure).rejects.toThrow(/could not install @tensorflow\/tfjs-node.*ENOTFOUND/);
    await expect(failure).rejects.toThrow('python3 was not found on the PATH');
    expect(said.find((line) => line.startsWith('That did not work:'))).toContain('Trying Python’s wheel');
    expectNothingLeft();
  });

  it.each([
    ['python3', 'exit 1', 'python3 has no pip'],
    ['c++', null, 'No C++ compiler'],
  ])('says what to do about %s', async (program, script, sentence) => {
    fake('npm', 'exit 1');
    fake('python3', 'exit 0');
    if (script !== null) fake(program, script);
    await expect(setUp()).rejects.toThrow(sentence);
    expectNothingLeft();
  });

  it('tells a full disk from other failures, and tries no other way', async () => {
    fake('npm', 'echo "npm error ENOSPC: no space left on device" >&2; exit 1');
    await expect(setUp()).rejects.toThrow(/is full: setting up the engine takes .*DISTILLERY_STORAGE/);
    expect(said.some((line) => line.startsWith('That did not work'))).toBe(false);
    expectNothingLeft();
  });

  it('is not put in place where npm left the binding out', async () => {
    fake('npm', 'exit 0');
    await expect(setUp()).rejects.toThrow('npm did not run the package’s install script.');
    expectNothingLeft();
  });

  it('tells how far a download is, of which the program says nothing', async () => {
    fake('npm', 'exit 0');
    fake('c++', 'exit 0');
    const partly =
      'mkdir -p "$TMPDIR/pip"; printf 12345 > "$TMPDIR/pip/tensorflow.whl"; /bin/sleep 2; exit 1';
    fake('python3', `[ "$3" = --version ] && exit 0; PATH=/bin:/usr/bin; ${partly}`);
    await expect(setUp()).rejects.toThrow('pip could not download');
    expect(downloaded).toEqual([[5, 207_208_420]]);
    expectNothingLeft();
  });

  it('leaves nothing of the GPU engine, and the native one as it was', async () => {
    mkdirSync(join(storage, 'native'), { recursive: true });
    const dawn = 'node_modules/webgpu/dist/linux-x64';
    fake('npm', `PATH=/bin:/usr/bin; mkdir -p ${dawn}; echo > ${dawn}/dawn.node`);
    mkdirSync(join(root, 'dist'));
    writeFileSync(
      join(root, 'dist', 'trainer.js'),
      `console.log(JSON.stringify({ ok: false, reason: process.argv[3] + ': there is no graphics processor.' }))`,
    );
    await expect(setUpOf('gpu')).rejects.toThrow(
      /^The GPU engine could not be set up\. gpu: there is no graphics processor\. The log is .*gpu-setup\.log\.$/,
    );
    expect(readdirSync(storage).sort()).toEqual(['gpu-setup.log', 'native']);
  });

  it('cancelled, ends what runs and leaves nothing behind', async () => {
    const started = join(root, 'started');
    fake('npm', `/bin/sleep 60 & echo > ${started}; wait`);
    const cancel = new AbortController();
    const failure = expect(setUp(cancel.signal)).rejects.toThrow(SetUpCancelled);
    for (let i = 0; i < 200 && !existsSync(started); i++) await sleep(50);
    const begun = Date.now();
    cancel.abort();
    await failure;
    expect(Date.now() - begun).toBeLessThan(30_000);
    expectNothingLeft();
  });
});
