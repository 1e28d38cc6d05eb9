import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commands } from 'vscode';
import type { ExperimentView } from '../../src/host/store/views';
import { plantExperiment } from '../fixtures/runFolders';
import { activated, cleanWorkspace, folder, until } from './support';

/** The quickstart with short trainings. */
function plantShort(steps: number): string {
  const file = plantExperiment(folder());
  const replace = (path: string, ...changes: [RegExp, string][]) => {
    const text = changes.reduce((all, [from, to]) => all.replace(from, to), readFileSync(path, 'utf8'));
    writeFileSync(path, text);
  };
  replace(file, [/"seeds": 5/, '"seeds": 1']);
  for (const name of readdirSync(dirname(file)).filter((one) => !one.endsWith('.distill.json')))
    replace(join(dirname(file), name), [/"steps": \d+/, `"steps": ${steps}`]);
  return file;
}

describe('running', function () {
  this.timeout(180_000);
  beforeEach(cleanWorkspace);

  const reach = async (file: string, what: string, holds: (view: ExperimentView) => boolean) => {
    const { store } = await activated();
    return until(
      what,
      () => {
        const view = store.get(file);
        if (view?.state === 'failed')
          assert.fail(view.runs.map(({ state }) => state.message).join('\n') || 'it failed');
        return view && holds(view) && view;
      },
      120_000,
    );
  };

  it('trains what is missing, opens the test set, and trains nothing the second time', async () => {
    const file = plantShort(30);
    const { store } = await activated();
    await store.refresh();
    await commands.executeCommand('distillery.run', { experiment: file });
    const done = await reach(
      file,
      'the verdict is there',
      (view) => view.state === 'finished' && view.summary?.part === 'test',
    );
    assert.equal(done.missing, 0);
    assert.ok(done.runs.every(({ state }) => state.status === 'finished'));
    const verdict = done.summary?.comparisons.find(({ primary }) => primary);
    assert.equal(verdict?.verdict, 'INCONCLUSIVE', 'one pair of seeds decides nothing');
    const attempts = () => done.runs.map(({ folder: run }) => readdirSync(run).sort().join());
    const before = attempts();
    await commands.executeCommand('distillery.run', { experiment: file });
    assert.equal(store.get(file)?.state, 'finished');
    assert.deepEqual(attempts(), before);
  });

  it('stops on request, and resumes from there', async () => {
    const file = plantShort(4000);
    const { store } = await activated();
    await store.refresh();
    await commands.executeCommand('distillery.run', { experiment: file });
    await reach(file, 'a step is done', (view) => view.runs.some(({ state }) => (state.step ?? 0) > 5));
    await commands.executeCommand('distillery.stop', { experiment: file });
    const stopped = await reach(file, 'it has stopped', (view) => view.state === 'stopped');
    const cut = stopped.runs.find(({ state }) => state.status === 'stopped');
    const step = cut?.state.step ?? 0;
    assert.ok(step > 0);

    await commands.executeCommand('distillery.resume', { experiment: file, run: cut?.id });
    await reach(file, 'it went on', (view) =>
      view.runs.some(({ id, state }) => id === cut?.id && state.attempt === 2 && (state.step ?? 0) >= step),
    );
    await commands.executeCommand('distillery.stopAll');
    await reach(file, 'it has stopped again', (view) => view.state === 'stopped');
  });
});
