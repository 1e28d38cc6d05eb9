import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commands, Uri, window } from 'vscode';
import { activated, cleanWorkspace, folder, until } from './support';

/** Presses Enter until the command has ended; a busy machine may miss a key. */
async function enterUntilDone(running: Thenable<unknown>): Promise<void> {
  let over = false;
  void running.then(() => (over = true));
  await until('the questions are answered', async () => {
    await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await sleep(300);
    return over;
  });
}

describe('New Experiment', () => {
  beforeEach(cleanWorkspace);

  it('accepts Enter for every answer, writes three files and opens the experiment', async () => {
    await enterUntilDone(commands.executeCommand('distillery.newExperiment'));
    const written = readdirSync(join(folder(), 'experiments', 'few-labels')).sort();
    assert.deepEqual(written, ['few-labels.distill.json', 'mlp-16.student.json', 'mlp-256.teacher.json']);
    assert.ok(existsSync(join(folder(), 'distillery.json')));
    assert.equal(
      window.activeTextEditor?.document.fileName,
      join(folder(), 'experiments', 'few-labels', 'few-labels.distill.json'),
    );
    assert.equal(window.activeTextEditor?.document.languageId, 'jsonc');
    const { store } = await activated();
    const view = store.get(join(folder(), 'experiments', 'few-labels', 'few-labels.distill.json'));
    assert.equal(view?.diagnostics.filter(({ severity }) => severity === 'error').length, 0);
    assert.ok((view?.missing ?? 0) >= 10);
  });

  it('offers a free name the second time, and overwrites nothing', async () => {
    await enterUntilDone(commands.executeCommand('distillery.newExperiment'));
    const first = join(folder(), 'experiments', 'few-labels', 'few-labels.distill.json');
    const text = readFileSync(first, 'utf8');
    await enterUntilDone(commands.executeCommand('distillery.newExperiment'));
    assert.equal(readFileSync(first, 'utf8'), text);
    assert.ok(existsSync(join(folder(), 'experiments', 'few-labels-2', 'few-labels-2.distill.json')));
  });

  it('writes nothing when it is cancelled', async () => {
    const running = commands.executeCommand('distillery.newExperiment');
    await sleep(1000);
    await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await sleep(1000);
    await commands.executeCommand('workbench.action.closeQuickOpen');
    await running;
    assert.equal(existsSync(join(folder(), 'experiments')), false);
  });
});

describe('New Teacher Config and New Student Config', () => {
  beforeEach(cleanWorkspace);

  it('write one file each into the folder they are asked for', async () => {
    for (const [command, file] of [
      ['distillery.newTeacher', 'mlp-256.teacher.json'],
      ['distillery.newStudent', 'mlp-16.student.json'],
    ] as const) {
      await enterUntilDone(commands.executeCommand(command, Uri.file(join(folder(), 'new'))));
      assert.ok(existsSync(join(folder(), 'new', file)), file);
      assert.equal(window.activeTextEditor?.document.fileName, join(folder(), 'new', file));
    }
  });
});
