import { strict as assert } from 'node:assert';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { commands, languages, Uri, window, workspace, type CodeAction, type TextDocument } from 'vscode';
import { plantExperiment } from '../fixtures/runFolders';
import { activated, cleanWorkspace, folder, until } from './support';

const numerics = { engine: 'native', version: '4.22.0', variant: 'fake', threads: 1, execution: 'graph' };
const works = JSON.stringify({ ok: true, reason: 'It is told so.', numerics });

/** The programs that a set-up calls, on a separate PATH. Nothing that they produce has a pinned hash. */
const programs = {
  /** A fake Node for training: every self-test passes. */
  node: `[ "$1" = --version ] && echo v20.0.0 || echo '${works}'`,
  npm: 'echo "npm error network" >&2; exit 1',
};
const PACKAGE = 'node_modules/@tensorflow/tfjs-node';

describe('the native engine in the editor', () => {
  const environment = { ...process.env };
  let root: string;
  let native: string;
  let document: TextDocument;

  const fake = (program: keyof typeof programs, script: string) => {
    const file = join(root, 'bin', program);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  };
  const hints = () => languages.getDiagnostics(document.uri).filter(({ code }) => code === 'native-missing');

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'engine-'));
    mkdirSync(join(root, 'bin'));
    for (const program of ['node', 'npm'] as const) fake(program, programs[program]);
    native = join(root, 'storage', 'native');
    process.env['DISTILLERY_STORAGE'] = join(root, 'storage');
    process.env['PATH'] = [join(root, 'bin'), '/usr/bin', '/bin'].join(delimiter);
    await cleanWorkspace();
    await commands.executeCommand('notifications.clearAll');
    const file = plantExperiment(folder());
    writeFileSync(file, readFileSync(file, 'utf8').replace('"seeds": 5', '"seeds": 5, "engine": "native"'));
    const { store } = await activated();
    await store.refresh();
    document = await workspace.openTextDocument(Uri.file(file));
    await window.showTextDocument(document);
  });
  afterEach(async () => {
    for (const name of ['DISTILLERY_STORAGE', 'PATH']) process.env[name] = environment[name];
    await commands.executeCommand('notifications.clearAll');
    rmSync(root, { recursive: true, force: true });
  });

  function plantEngine(): void {
    const binding = join(native, PACKAGE, 'lib', 'napi-v8');
    mkdirSync(binding, { recursive: true });
    writeFileSync(join(native, PACKAGE, 'package.json'), '{}');
    writeFileSync(join(binding, 'tfjs_binding.node'), '');
  }

  /** Chooses the first button of every message. */
  async function answered(what: string, holds: () => boolean): Promise<void> {
    const done = commands.executeCommand('distillery.setUpEngine');
    await until(what, async () => {
      await commands.executeCommand('notification.acceptPrimaryAction');
      return holds();
    });
    await done;
  }

  it('is offered where a file needs it and it is not installed, and not once it is', async () => {
    const [hint] = await until('the word is underlined', () => hints().length === 1 && hints());
    assert.ok(hint);
    assert.equal(document.getText(hint.range), '"native"');
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      hint.range,
    );
    assert.ok(actions.some(({ command }) => command?.command === 'distillery.setUpEngine'));

    plantEngine();
    const { store } = await activated();
    await store.refresh();
    await until('the word is not underlined', () => hints().length === 0);

    await answered('it is removed', () => !existsSync(native));
    await until('the word is underlined again', () => hints().length === 1);
  });

  it('starts no training where it is not installed', async () => {
    await commands.executeCommand('distillery.run', { experiment: document.fileName });
    const { store } = await activated();
    assert.equal(store.get(document.fileName)?.state, 'empty');
    assert.ok(!existsSync(join(folder(), 'runs', 'few-labels', 'engine.json')));
  });

  it('leaves only its log when the setup fails', async () => {
    fake('node', `[ "$1" = --version ] && echo v20.0.0 || exit 1`);
    await answered('it has failed', () => existsSync(join(root, 'storage', 'native-setup.log')));
    assert.deepEqual(readdirSync(join(root, 'storage')), ['native-setup.log']);
  });
});
