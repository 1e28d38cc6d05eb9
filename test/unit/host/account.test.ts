import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  defaultAnswers,
  experimentPath,
  scaffoldExperiment,
  writeScaffold,
} from '../../../src/config/scaffold';
import { scaffoldEstimate } from '../../../src/host/commands/scaffoldEstimate';
import { stateText } from '../../../src/host/panel/snapshot';
import { childrenOf, experimentNode } from '../../../src/host/sidebar/nodes';
import { treeRow } from '../../../src/host/sidebar/rows';
import { ExperimentRecord } from '../../../src/host/store/experimentRecord';
import type { Store } from '../../../src/host/store/store';
import { workloadOf, workloadText } from '../../../src/runs/workload';
import { prepare } from '../../../src/runs/prepare';
import { inProcess } from '../../fixtures/inProcess';

vi.mock('vscode', async (original) => ({
  ...(await original<object>()),
  workspace: { isTrusted: true },
  CodeLens: class {
    constructor(
      readonly range: unknown,
      readonly command: { title: string },
    ) {}
  },
}));
const { ConfigLenses } = await import('../../../src/host/configs/lenses');

const run = promisify(execFile);
let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'distillery-account-'));
});
afterAll(() => rmSync(root, { recursive: true }));

it('counts and times of one experiment are the same wherever they are told', async () => {
  const picked = await scaffoldEstimate(root, defaultAnswers, inProcess);
  writeScaffold(root, scaffoldExperiment(defaultAnswers, root));
  const file = join(root, experimentPath(defaultAnswers.name));
  const view = new ExperimentRecord(file, true, { now: inProcess });
  await view.load();
  const start = childrenOf(experimentNode(view)).find(({ kind }) => kind === 'start')!;
  const { label, description } = treeRow(start);
  const store = { get: () => view, experiments: [view], onDidChange: () => undefined } as unknown as Store;
  const [lens] = new ConfigLenses(store, {} as never).provideCodeLenses({ fileName: file } as never);
  const header = stateText(view, { now: 0, stopGrace: 10 } as never);
  const { stdout } = await run(process.execPath, ['dist/cli.js', 'plan', file]);

  const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll(/\s+/g, ' ');
  const said = plain(workloadText(await workloadOf(await prepare(file, inProcess))));
  expect(said).toMatch(/^\d+ trainings, about \d+/);
  expect(plain(`${label}, ${description}`)).toBe(`Run ${said}`);
  expect(plain(lens!.command!.title)).toBe(`$(play) Run · ${said}`);
  expect(plain(header)).toBe(`not run yet · ${said}`);
  expect(plain(stdout)).toContain(`To do: ${said}.`);
  expect(plain(picked)).toBe(` ${said}.`);
  expect(`${view.missing} trainings`).toBe(said.split(',')[0]);
});
