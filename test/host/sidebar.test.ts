import { strict as assert } from 'node:assert';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  commands,
  TabInputWebview,
  ThemeIcon,
  TreeItemCollapsibleState,
  Uri,
  window,
  type TreeItem,
} from 'vscode';
import type { Node } from '../../src/host/sidebar/nodes';
import {
  endEvent,
  plantDeadLease,
  plantEngine,
  plantExperiment,
  plantResult,
  plantRun,
  stepEvent,
} from '../fixtures/runFolders';
import { activated, cleanWorkspace, folder, until } from './support';

async function rows(node?: Node) {
  const { tree } = await activated();
  const nodes = await tree.getChildren(node);
  return nodes.map((one) => ({ node: one, item: tree.getTreeItem(one) }));
}
const rowLabel = (item: TreeItem | undefined) => (typeof item?.label === 'string' ? item.label : '');
const labels = (all: Awaited<ReturnType<typeof rows>>) => all.map(({ item }) => item.label);

describe('the sidebar', () => {
  beforeEach(cleanWorkspace);

  it('is empty without an experiment, so that the welcome view shows', async () => {
    assert.deepEqual(await rows(), []);
  });

  it('offers to run an experiment that was never run', async () => {
    plantExperiment(folder());
    const [experiment, ...others] = await until('the file is found', async () => {
      const all = await rows();
      return all.length > 0 && all;
    });
    assert.equal(others.length, 0);
    assert.equal(experiment?.item.label, 'few-labels');
    assert.equal(experiment.item.description, 'not run yet');
    // The experiment appears before its content has been read.
    const inside = await until('the file is read', async () => {
      const [found] = await rows();
      const children = await rows(found?.node);
      return children.length > 2 && children;
    });
    assert.deepEqual(labels(inside).slice(0, 2), ['Teacher', 'Student']);
    assert.match(rowLabel(inside[2]?.item), /^Run \d+ trainings$/);
    assert.equal(inside[2]?.item.command?.command, 'distillery.run');
    assert.match(String(inside[1]?.item.description), /MLP 64-16-10 · 1,210 parameters/);
  });

  it('shows arms and their seeds, problems first, each with its status', async () => {
    const file = plantExperiment(folder());
    await plantEngine(file);
    const { store } = await activated();
    await store.refresh();
    const arm = store.get(file)?.arms.find(({ primary }) => primary);
    const ids = store
      .get(file)
      ?.runs.filter((run) => run.spec?.arm?.slug === arm?.slug)
      .map((run) => run.planId ?? '');
    assert.ok(ids && ids.length === 5);
    const [first = '', second = '', third = ''] = ids;
    plantResult(await plantRun(file, first), 0.94);
    (await plantRun(file, second)).write(
      stepEvent(37, Date.now(), 1),
      endEvent('failed', 37, 'The distillation loss became NaN at step 37, at learning rate 0.5.', 'nan'),
    );
    const cut = await plantRun(file, third);
    cut.write(stepEvent(400, Date.now(), 1));
    plantDeadLease(cut.folder);
    await store.refresh();

    const [experiment] = await rows();
    assert.ok(experiment);
    assert.match(experiment.item.contextValue ?? '', /^experiment failed/);
    const arms = (await rows(experiment.node)).filter(({ node }) => node.kind === 'arm');
    assert.equal(arms.at(-1)?.item.label, 'Scratch');
    const shown = arms.find(({ item }) => item.label === arm?.title);
    assert.ok(shown);
    const seeds = await rows(shown.node);
    assert.deepEqual(
      seeds.map(({ item }) => item.contextValue),
      ['seed failed', 'seed interrupted', 'seed finished', 'seed queued', 'seed queued'],
    );
    assert.match(String(seeds[0]?.item.description), /became NaN at step 37/);
    assert.match(String(seeds[1]?.item.description), /interrupted at 50/);
    assert.match(String(seeds[2]?.item.description), /^val 94\.0/);
    for (const { item } of seeds) {
      assert.ok(item.id && item.accessibilityInformation?.label);
      assert.ok(item.iconPath instanceof ThemeIcon);
      assert.equal(item.collapsibleState, TreeItemCollapsibleState.None);
    }
  });

  it('notices a deleted run, and finds it again when it is restored', async () => {
    const file = plantExperiment(folder());
    await plantEngine(file);
    const { store } = await activated();
    await store.refresh();
    const id = store.get(file)?.runs.find((run) => run.kind === 'scratch')?.planId ?? '';
    const planted = await plantRun(file, id);
    plantResult(planted, 0.9);
    await store.refresh();
    const finished = () => store.get(file)?.runs.filter((run) => run.state.status === 'finished').length;
    assert.equal(finished(), 1);
    const aside = join(folder(), '.distillery', 'aside');
    mkdirSync(join(aside, '..'), { recursive: true });
    renameSync(planted.folder, aside);
    store.wake();
    await until('the deletion is seen', () => finished() === 0);
    renameSync(aside, planted.folder);
    await store.refresh();
    assert.equal(finished(), 1);
  });

  it('reads a folder of runs from elsewhere', async () => {
    const elsewhere = join(folder(), '.distillery', 'elsewhere');
    const file = plantExperiment(elsewhere);
    await plantEngine(file);
    const { store } = await activated();
    const planted = await plantRun(file, 'teacher');
    plantResult(planted, 0.97);
    const runs = join(elsewhere, 'runs');
    await commands.executeCommand('distillery.addRunFolder', Uri.file(runs));
    assert.equal(store.get(runs)?.runnable, false);
    assert.equal(store.get(runs)?.runs.length, 1);
    await store.removeFolder(runs);
    rmSync(elsewhere, { recursive: true });
  });
});

describe('the panel', () => {
  beforeEach(cleanWorkspace);
  const tabs = () =>
    window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => input instanceof TabInputWebview && input.viewType.includes('distillery.panel'));

  it('opens once for an experiment, and closes when the experiment is deleted', async () => {
    const file = plantExperiment(folder());
    const { store } = await activated();
    await store.refresh();
    await commands.executeCommand('distillery.openPanel', { experiment: file });
    await commands.executeCommand('distillery.openPanel', { experiment: file });
    await until('it is open', () => tabs().length === 1);
    assert.equal(tabs()[0]?.label, 'few-labels');
    rmSync(file);
    await until('it is closed', () => tabs().length === 0);
  });
});
