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

  const setUp = (signal = new AbortController().signal) =>
    setUpEngine('native', {
      trainerPath: join(root, 'dist', 'trainer.js'),
      runtime: { path: process.execPath, environment: { PATH: join(root, 'bin') } },
      ways: planSetup('native', { platform: 'linux', arch: 'x64' }),
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
