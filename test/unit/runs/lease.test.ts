import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/config/errors';
import type { Lease } from '../../../src/runs/files';
import { acquireLease, isAlive, readLease } from '../../../src/runs/lease';
import { processStart } from '../../../src/runs/processes';
import { startChild } from './children/child';
import { temporaryFolder } from './fixtures';

const leaseOf = async (change: Partial<Lease> = {}): Promise<Lease> => ({
  schemaVersion: 1,
  pid: process.pid,
  started: await processStart(process.pid),
  host: hostname(),
  attempt: 1,
  heartbeat: Date.now(),
  ...change,
});

describe('isAlive', () => {
  it('knows this process, and not another that once had its number', async () => {
    expect(await isAlive(await leaseOf())).toBe(true);
    const system = await processStart(process.pid);
    if (system !== null) expect(await isAlive(await leaseOf({ started: `${system}1` }))).toBe(false);
  });

  it('knows a process that ended', async () => {
    const child = spawn(process.execPath, ['-e', '0']);
    await once(child, 'close');
    expect(await processStart(child.pid!)).toBe('ended');
    expect(await isAlive(await leaseOf({ pid: child.pid! }))).toBe(false);
  });

  it('goes by the heartbeat where the system does not say when a process started', async () => {
    expect(await isAlive(await leaseOf({ started: null }))).toBe(true);
    expect(await isAlive(await leaseOf({ started: null, heartbeat: Date.now() - 60_000 }))).toBe(false);
  });

  it('goes by the heartbeat of another host', async () => {
    const far = { host: 'node17', pid: 1, started: 'then' };
    expect(await isAlive(await leaseOf({ ...far }))).toBe(true);
    expect(await isAlive(await leaseOf({ ...far, heartbeat: Date.now() - 60_000 }))).toBe(false);
  });
});

describe('acquireLease', () => {
  it('is held by one, and free again after release', async () => {
    const file = join(temporaryFolder(), 'run', 'lease.json');
    const held = await acquireLease(file, 3);
    expect(await readLease(file)).toMatchObject({ pid: process.pid, host: hostname(), attempt: 3 });
    await expect(acquireLease(file, 4)).rejects.toThrow(UserError);
    await expect(acquireLease(file, 4)).rejects.toThrow(`Process ${process.pid} on this machine is writing`);
    held.release();
    expect(await readLease(file)).toBeNull();
    (await acquireLease(file, 4)).release();
  });

  it('refuses while another process holds it, and takes over when that one was killed', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'lease.json');
    const { child, kill } = await startChild('holder', folder, file);
    const sentence = `Process ${child.pid} on this machine is writing ${folder}. Wait for it to end, or stop it first.`;
    await expect(acquireLease(file, 2)).rejects.toThrow(sentence);
    await kill();
    const held = await acquireLease(file, 2);
    expect(held.lease.attempt).toBe(2);
    held.release();
  });

  it('names the other host', async () => {
    const file = join(temporaryFolder(), 'lease.json');
    writeFileSync(file, JSON.stringify(await leaseOf({ host: 'node17', pid: 4242 })));
    await expect(acquireLease(file, 1)).rejects.toThrow('Process 4242 on node17 is writing');
  });

  it('goes to exactly one of many who take over at once', async () => {
    const file = join(temporaryFolder(), 'lease.json');
    writeFileSync(file, JSON.stringify(await leaseOf({ pid: 2 ** 22 + 1, started: 'long ago' })));
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => acquireLease(file, 1)));
    const winners = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(winners.length).toBe(1);
    winners[0]!.release();
  });

  it.each(['', '{', '{"pid":"x"}'])('takes over what is no lease: %j', async (text) => {
    const file = join(temporaryFolder(), 'lease.json');
    writeFileSync(file, text);
    const held = await acquireLease(file, 1);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
    held.release();
  });

  it('does not take away what another has taken over since', async () => {
    const file = join(temporaryFolder(), 'lease.json');
    const held = await acquireLease(file, 1);
    const other = await leaseOf({ host: 'node17', pid: 4242 });
    writeFileSync(file, JSON.stringify(other));
    held.release();
    expect(await readLease(file)).toEqual(other);
  });
});
