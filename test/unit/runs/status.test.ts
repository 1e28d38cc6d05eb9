import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/runs/files';
import { runFiles } from '../../../src/runs/layout';
import { acquireLease } from '../../../src/runs/lease';
import { runStatus } from '../../../src/runs/status';
import { end, start, step, temporaryFolder } from './fixtures';

function put(folder: string, attempt: number, events: RunEvent[], torn = ''): void {
  mkdirSync(folder, { recursive: true });
  const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('');
  writeFileSync(runFiles(folder).events(attempt), lines + torn);
}
const longAgo = (folder: string, attempt: number) => utimesSync(runFiles(folder).events(attempt), 1e9, 1e9);
const deadLease = (folder: string) =>
  writeFileSync(
    runFiles(folder).lease,
    JSON.stringify({
      schemaVersion: 1,
      pid: 2 ** 22 + 1,
      started: 'x',
      host: hostname(),
      attempt: 1,
      heartbeat: Date.now(),
    }),
  );

describe('runStatus', () => {
  it('queued: nothing there yet', async () => {
    expect(await runStatus(join(temporaryFolder(), 'none'))).toMatchObject({
      status: 'queued',
      attempt: null,
      step: null,
    });
  });

  it('running: its process goes on', async () => {
    const folder = temporaryFolder();
    const lease = await acquireLease(runFiles(folder).lease, 1);
    expect(await runStatus(folder)).toMatchObject({ status: 'running', pid: process.pid, step: null });
    put(folder, 1, [start(1), step(1), step(2)], '{"event":"step","ti');
    expect(await runStatus(folder)).toMatchObject({ status: 'running', step: 2, attempt: 1, time: 1002 });
    // A second attempt begins: what the first one ended with is over.
    put(folder, 1, [start(1), end(2, 'stopped')]);
    expect((await runStatus(folder)).status).toBe('running');
    lease.release();
  });

  it('interrupted: its process is gone without a word', async () => {
    const folder = temporaryFolder();
    put(folder, 1, [start(1), step(1)]);
    deadLease(folder);
    expect(await runStatus(folder)).toMatchObject({ status: 'interrupted', step: 1, pid: null });
  });

  it('goes by the newest line of a script that writes no lease', async () => {
    const folder = temporaryFolder();
    put(folder, 1, [start(1), step(1)]);
    expect((await runStatus(folder)).status).toBe('running');
    longAgo(folder, 1);
    expect((await runStatus(folder)).status).toBe('interrupted');
  });

  it('stopped or failed: the end of the newest attempt says so, and why', async () => {
    const folder = temporaryFolder();
    put(folder, 1, [start(1), end(1, 'failed')]);
    expect(await runStatus(folder)).toMatchObject({ status: 'failed', message: 'Because.', cause: 'nan' });
    put(folder, 2, [start(2), step(1), end(1, 'stopped')]);
    expect(await runStatus(folder)).toMatchObject({ status: 'stopped', cause: 'stop', attempt: 2 });
  });

  it('finished: result.json is there', async () => {
    const folder = temporaryFolder();
    put(folder, 1, [start(1), step(1), end(1)]);
    writeFileSync(runFiles(folder).result, '{}');
    put(folder, 2, [start(2)]);
    expect((await runStatus(folder)).status).toBe('finished');
  });

  it('reads only the end of a long file', async () => {
    const folder = temporaryFolder();
    put(folder, 1, [start(1), ...Array.from({ length: 5000 }, (_, i) => step(i + 1))]);
    longAgo(folder, 1);
    expect(await runStatus(folder)).toMatchObject({ status: 'interrupted', step: 5000 });
  });

  it.each([300, 5000])('reads the step behind the logits of %i classes', async (classes) => {
    const folder = temporaryFolder();
    const logits = Array.from({ length: 12 }, () => Array.from({ length: classes }, (_, i) => Math.sin(i)));
    put(folder, 1, [start(1), step(7), { event: 'probe', time: 1008, step: 8, logits }]);
    longAgo(folder, 1);
    expect(await runStatus(folder)).toMatchObject({ status: 'interrupted', step: 8, time: 1008 });
  });

  it.each(['', '\u0000\u0000', '{"event":"end"}\n', 'x'.repeat(100_000)])(
    'does not throw on garbage',
    async (text) => {
      const folder = temporaryFolder();
      put(folder, 1, [], text);
      writeFileSync(runFiles(folder).lease, text);
      longAgo(folder, 1);
      expect((await runStatus(folder)).status).toBe('interrupted');
    },
  );
});
