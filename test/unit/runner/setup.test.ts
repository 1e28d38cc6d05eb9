import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SetUpCancelled } from '../../../src/runner/setup/failures';
import { isCurrent, madeFrom } from '../../../src/runner/setup/plan';
import gpuLock from '../../../src/runner/setup/locks/gpu.json';
import nativeLock from '../../../src/runner/setup/locks/native.json';
import { planWheelSetup } from '../../../src/runner/setup/nativePlan';
import { planSetup } from '../../../src/runner/setup/plan';
import { setUpEngine } from '../../../src/runner/setup/setUp';
import type { SetupPlan } from '../../../src/runner/setup/stage';
import { wheelFor, type Wheel } from '../../../src/runner/setup/wheels';

describe('the way to the native engine', () => {
  it.each([
    ['linux', 'x64'],
    ['darwin', 'arm64'],
  ] as const)('on %s %s unpacks a wheel after its hash is checked', (platform, arch) => {
    const { stages } = planSetup('native', { platform, arch });
    const checked = stages.findIndex((stage) => stage.kind === 'hash');
    const unpacked = stages.findIndex(
      (stage) => stage.kind === 'command' && stage.title.startsWith('unpacks'),
    );
    expect(checked).toBeGreaterThan(0);
    expect(unpacked).toBeGreaterThan(checked);
    expect(stages[checked]).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  });

  it.each([
    ['win32', 'x64'],
    ['darwin', 'x64'],
    ['linux', 'arm64'],
  ] as const)('is none on %s %s, where no library has a hash that is known', (platform, arch) => {
    expect(() => planSetup('native', { platform, arch })).toThrow(
      `cannot be set up on ${platform} ${arch}: only on Linux x64 and macOS arm64`,
    );
  });
});

describe.each([
  ['native', nativeLock, ['@tensorflow/tfjs-node', 'node-api-headers']],
  ['gpu', gpuLock, ['webgpu']],
] as const)('the lock file of %s', (engine, { packages }, names) => {
  it('holds a version and a hash of each package', () => {
    const { '': root, ...others } = packages as Record<string, { version?: string; integrity?: string }>;
    expect(Object.keys((root as { dependencies: object }).dependencies)).toEqual(names);
    for (const { version, integrity } of Object.values(others)) {
      expect(version).toMatch(/^\d+\.\d+\.\d+/);
      expect(integrity).toMatch(/^sha512-[\w+/]{86}==$/);
    }
  });

  it('is what npm installs, without a script of any package', () => {
    const { stages } = planSetup(engine, { platform: 'linux', arch: 'x64' });
    const written = stages.flatMap((stage) => (stage.kind === 'write' ? [stage.file] : []));
    expect(written).toEqual(['package.json', 'package-lock.json']);
    const npm = stages.filter((stage) => stage.kind === 'command' && stage.programs.includes('npm'));
    expect(npm).toEqual([
      expect.objectContaining({ args: expect.arrayContaining(['ci', '--ignore-scripts']) as string[] }),
    ]);
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
    const { stages } = planSetup('gpu', { platform, arch });
    const build = `node_modules/webgpu/dist/${mine}`;
    expect(stages.flatMap((stage) => (stage.kind === 'expect' ? [stage.file] : []))).toEqual([
      `${build}/dawn.node`,
    ]);
    const removed = stages.flatMap((stage) => (stage.kind === 'remove' ? [stage.path] : []));
    expect(removed).toHaveLength(4);
    expect(removed).not.toContain(build);
    expect(stages.at(-1)?.kind).toBe('accept');
  });

  it('says where there is none', () => {
    expect(() => planSetup('gpu', { platform: 'linux', arch: 'riscv64' })).toThrow(
      'There is no build of WebGPU for linux riscv64',
    );
  });
});

describe('what an engine was made from', () => {
  let storage: string;
  const way = planSetup('native', { platform: 'linux', arch: 'x64' });
  beforeEach(() => (storage = mkdtempSync(join(tmpdir(), 'distillery-made-'))));
  afterEach(() => rmSync(storage, { recursive: true }));

  function plant(text: string): void {
    mkdirSync(join(storage, 'native'), { recursive: true });
    writeFileSync(join(storage, 'native', 'package.json'), text);
  }

  it('stands beside it', () => {
    const [manifest] = way.stages.filter((stage) => stage.kind === 'write');
    plant(manifest?.text ?? '');
    expect(madeFrom('native', storage)).toBe(way.madeFrom);
    expect(isCurrent('native', way, storage)).toBe(true);
    expect(madeFrom('gpu', storage)).toBeNull();
    expect(isCurrent('native', { ...way, madeFrom: 'another version' }, storage)).toBe(false);
  });

  it.each(['{', '{}', JSON.stringify({ madeFrom: '@tensorflow/tfjs-node 4.21.0, tensorflow-cpu 2.15.1' })])(
    'is not what would be made now: %s',
    (text) => {
      plant(text);
      expect(isCurrent('native', way, storage)).toBe(false);
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

  /** What is looked for before anything is downloaded. */
  function tools(python = 'exit 0'): void {
    fake('python3', python);
    fake('c++', 'exit 0');
  }

  const setUp = (signal?: AbortSignal) => setUpOf('native', { signal });
  const setUpOf = (
    engine: 'native' | 'gpu',
    {
      signal = new AbortController().signal,
      way = planSetup(engine, { platform: 'linux', arch: 'x64' }),
    }: { signal?: AbortSignal | undefined; way?: SetupPlan } = {},
  ) =>
    setUpEngine(engine, {
      trainerPath: join(root, 'dist', 'trainer.js'),
      runtime: { path: process.execPath, environment: { PATH: join(root, 'bin') } },
      plan: way,
      show: ({ title, number, of }) => said.push(`${number}/${of} ${title}`),
      showDownload: (bytes, of) => downloaded.push([bytes, of]),
      signal,
      storage,
    });

  /** Nothing but the log. */
  const expectNothingLeft = () =>
    expect(readdirSync(storage).filter((name) => !name.endsWith('.log'))).toEqual([]);

  it('names what is missing, and leaves nothing behind', async () => {
    await expect(setUp()).rejects.toThrow('python3 was not found on the PATH');
    expectNothingLeft();
    tools();
    fake('npm', 'echo "npm error network ENOTFOUND" >&2; exit 1');
    await expect(setUp()).rejects.toThrow(/could not install @tensorflow\/tfjs-node.*ENOTFOUND/);
    expectNothingLeft();
  });

  it.each([
    ['python3', 'exit 1', 'python3 has no pip'],
    ['c++', null, 'No C++ compiler'],
  ])('says what to do about %s', async (program, script, sentence) => {
    fake('python3', 'exit 0');
    if (script !== null) fake(program, script);
    await expect(setUp()).rejects.toThrow(sentence);
    expectNothingLeft();
  });

  it('tells a full disk from other failures', async () => {
    tools();
    fake('npm', 'echo "npm error ENOSPC: no space left on device" >&2; exit 1');
    await expect(setUp()).rejects.toThrow(/is full: setting up the engine takes .*DISTILLERY_STORAGE/);
    expectNothingLeft();
  });

  describe('after a download', () => {
    const WHEEL = 'library of TensorFlow';
    const wheel: Wheel = {
      ...wheelFor({ platform: 'linux', arch: 'x64' })!,
      file: 'tensorflow.whl',
      sha256: createHash('sha256').update(WHEEL).digest('hex'),
    };
    const binding = 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node';
    const works = JSON.stringify({
      ok: true,
      reason: 'It is told so.',
      numerics: { engine: 'native', version: '4.22.0', variant: 'fake', threads: 1, execution: 'graph' },
    });

    /** Pip that downloads these bytes; what unpacks them leaves a mark. */
    function downloads(text: string): void {
      const make = `PATH=/bin:/usr/bin; mkdir -p wheel node_modules/@tensorflow/tfjs-node/deps/lib`;
      tools(
        `case "$*" in *download*) ${make}; printf '%s' '${text}' > wheel/tensorflow.whl;; -c*) echo > ${join(root, 'unpacked')};; esac`,
      );
      fake('npm', 'exit 0');
      fake('c++', `[ "$1" = --version ] || echo > ${binding}`);
      mkdirSync(join(root, 'dist'));
      writeFileSync(join(root, 'dist', 'trainer.js'), `console.log(${JSON.stringify(works)})`);
    }

    it('is put in place where the hash is right', async () => {
      downloads(WHEEL);
      await expect(setUpOf('native', { way: planWheelSetup(wheel) })).resolves.toMatchObject({
        numerics: { variant: 'fake' },
      });
      expect(existsSync(join(storage, 'native', binding))).toBe(true);
      expect(existsSync(join(storage, 'native', 'wheel'))).toBe(false);
    });

    it('unpacks nothing where one byte is another, and leaves nothing behind', async () => {
      downloads(WHEEL.replace('l', 'L'));
      await expect(setUpOf('native', { way: planWheelSetup(wheel) })).rejects.toThrow(
        /tensorflow\.whl is not the file that Distillery knows: its SHA-256 is [0-9a-f]{64}, expected was/,
      );
      expect(existsSync(join(root, 'unpacked'))).toBe(false);
      expectNothingLeft();
    });

    it('unpacks nothing where pip brought another file', async () => {
      downloads(WHEEL);
      const other = planWheelSetup({ ...wheel, file: 'other.whl' });
      await expect(setUpOf('native', { way: other })).rejects.toThrow('other.whl was not downloaded');
      expectNothingLeft();
    });
  });

  it('tells how far a download is, of which the program says nothing', async () => {
    fake('npm', 'exit 0');
    tools();
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
    tools();
    fake('npm', `/bin/sleep 60 & echo > ${started}; wait`);
    const cancel = new AbortController();
    const failure = expect(setUp(cancel.signal)).rejects.toThrow(SetUpCancelled);
    for (let i = 0; i < 600 && !existsSync(started); i++) await sleep(50);
    const begun = Date.now();
    cancel.abort();
    await failure;
    expect(Date.now() - begun).toBeLessThan(30_000);
    expectNothingLeft();
  });
});
