import { strict as assert } from 'node:assert';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, window } from 'vscode';
import { plantEngine, plantExperiment, plantResult, plantRun } from '../fixtures/runFolders';
import { activated, cleanWorkspace, folder, until } from './support';

const MODEL = { 'model.json': '{}', 'weights.bin': 'weights', 'README.md': 'How to load it.' };

describe('exporting a student', () => {
  let to: string;
  beforeEach(async () => {
    await cleanWorkspace();
    to = mkdtempSync(join(tmpdir(), 'export & '));
  });
  afterEach(() => rmSync(to, { recursive: true }));

  it('copies its files into a folder of their own, and shows how to load them', async () => {
    const file = plantExperiment(folder());
    await plantEngine(file);
    const planted = await plantRun(file, 'scratch/seed-0');
    mkdirSync(join(planted.folder, 'model'));
    for (const [name, text] of Object.entries(MODEL))
      writeFileSync(join(planted.folder, 'model', name), text);
    plantResult(planted, 0.9);
    const { store } = await activated();
    await store.refresh();
    await until('the run is finished', () =>
      store.get(file)?.runs.some((run) => run.id === planted.folder && run.state.status === 'finished'),
    );
    await commands.executeCommand('distillery.exportStudent', { experiment: file, run: planted.folder }, to);
    assert.deepEqual(readdirSync(to), ['few-labels-scratch-seed-0']);
    const copied = join(to, 'few-labels-scratch-seed-0');
    assert.deepEqual(readdirSync(copied).sort(), Object.keys(MODEL).sort());
    for (const [name, text] of Object.entries(MODEL))
      assert.equal(readFileSync(join(copied, name), 'utf8'), text);
    assert.equal(window.activeTextEditor?.document.fileName, join(copied, 'README.md'));
  });
});
