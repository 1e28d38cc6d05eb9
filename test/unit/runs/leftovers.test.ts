import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { temporaryOf } from '../../../src/runs/atomic';
import { runFiles } from '../../../src/runs/layout';
import { acquireLease } from '../../../src/runs/lease';
import { removeLeftovers } from '../../../src/runs/leftovers';
import { startChild } from './children/child';
import { temporaryFolder } from './fixtures';

const filesIn = (folder: string) => readdirSync(folder, { recursive: true }).map(String).sort();
const temporariesIn = (folder: string) => filesIn(folder).filter((name) => name.endsWith('.tmp'));

it('what a writer leaves that is killed in the middle is gone before the next one begins', async () => {
  const builds = temporaryFolder();
  const folder = temporaryFolder();
  for (let round = 0; round < 60 && temporariesIn(folder).length === 0; round++) {
    const { kill } = await startChild('saver', builds, folder);
    await sleep(40 + 17 * (round % 20));
    await kill();
  }
  expect(temporariesIn(folder).length).toBeGreaterThan(0);
  await removeLeftovers([folder]);
  expect(temporariesIn(folder)).toEqual([]);
});

it('leaves alone what a live process is writing, and what another host may be', async () => {
  const folder = temporaryFolder();
  const ours = temporaryOf(join(folder, 'result.json'));
  const elsewhere = join(folder, 'cost.json.node17-4242-abcdef.tmp');
  const old = join(folder, 'run.json.node17-4242-fedcba.tmp');
  const unnamed = join(folder, 'run.json.4242-fedcba.tmp');
  const foreign = join(folder, 'notes.tmp');
  for (const file of [ours, elsewhere, old, unnamed, foreign]) writeFileSync(file, 'x');
  for (const file of [old, unnamed, foreign]) utimesSync(file, 1e9, 1e9);
  await removeLeftovers([folder, join(folder, 'none')]);
  expect(filesIn(folder)).toEqual(
    [elsewhere, foreign, ours].map((file) => file.slice(folder.length + 1)).sort(),
  );
});

it('removes the lease of a finished run whose process is gone, and no other', async () => {
  const builds = temporaryFolder();
  const folder = temporaryFolder();
  const runs = ['finished', 'interrupted', 'held'].map((name) => join(folder, name));
  for (const run of runs.slice(0, 2)) {
    const { kill } = await startChild('holder', builds, runFiles(run).lease);
    await kill();
  }
  const held = await acquireLease(runFiles(runs[2]!).lease, 1);
  for (const run of [runs[0]!, runs[2]!]) writeFileSync(runFiles(run).result, '{}');
  await removeLeftovers([folder]);
  const leases = filesIn(folder).filter((name) => name.endsWith('lease.json'));
  expect(leases).toEqual([join('held', 'lease.json'), join('interrupted', 'lease.json')]);
  held.release();
});
