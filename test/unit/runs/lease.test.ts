import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/config/errors';
import type { Lease } from '../../../src/runs/files';
import { acquireLease, isHeld, readLease } from '../../../src/runs/lease';
import { isAlive } from '../../../src/runs/liveness';
import { processStart } from '../../../src/runs/processes';
import { startChild } from './children/child';
import { temporaryFolder } from './fixtures';
import { eventually } from '../eventually';

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

  it.each([
    ['with the same clock', 0],
    ['with a clock an hour behind', -3_600_000],
    ['with a clock an hour ahead', 3_600_000],
  ])('leaves it to a process of another host that computes without a pause, %s', async (_, ahead) => {
    const folder = temporaryFolder();
    const file = join(folder, 'lease.json');
    const host = `node${ahead}`;
    const timing = { every: 50, silence: 4_000 };
    const { child, kill } = await startChild('blocked', temporaryFolder(), file, host, String(ahead));
    await sleep(2 * timing.silence);
    await expect(acquireLease(file, 2, timing)).rejects.toThrow(`Process ${child.pid} on ${host} is writing`);
    expect(await isHeld(file, timing.silence)).toBe(true);
    // Its heartbeat stands still from here on, whatever its clock says.
    await kill();
    const held = await eventually(() => acquireLease(file, 2, timing));
    expect(held.lease.attempt).toBe(2);
    held.release();
  });

  it('goes on after a heartbeat that could not be written or read', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'run', 'lease.json');
    const held = await acquireLease(file, 1, { every: 20, silence: 500 });
    renameSync(join(folder, 'run'), join(folder, 'away'));
    await sleep(200);
    renameSync(join(folder, 'away'), join(folder, 'run'));
    rmSync(file);
    await eventually(async () => expect(await readLease(file)).not.toBeNull());
    const { heartbeat } = (await readLease(file))!;
    await eventually(async () => expect((await readLease(file))!.heartbeat).toBeGreaterThan(heartbeat));
    held.release();
    await sleep(100);
    expect(readdirSync(join(folder, 'run'))).toEqual([]);
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
