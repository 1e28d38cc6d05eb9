import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { stream } from '../../../src/data/random';
import { newestCheckpoint, readCheckpoint } from '../../../src/runs/checkpoint';
import { appendEnd, openEvents } from '../../../src/runs/events';
import { runFiles } from '../../../src/runs/layout';
import { runStatus } from '../../../src/runs/status';
import { readEvents, RunTail } from '../../../src/runs/tail';
import { startChild } from './children/child';
import { end, temporaryFolder } from './fixtures';

it('a writer that is killed leaves a history without gaps and a whole checkpoint', async () => {
  const builds = temporaryFolder();
  const moments = stream(0, 'kill');
  for (let round = 0; round < 6; round++) {
    const folder = join(temporaryFolder(), 'run');
    const { kill } = await startChild('writer', builds, folder);
    const tail = new RunTail(folder);
    const seen = await tail.read();
    await sleep(50 + 250 * moments.next());
    seen.push(...(await tail.read()));
    await kill();
    seen.push(...(await tail.read()));

    const steps = seen.flatMap((event) => (event.event === 'step' ? [event.step] : []));
    expect(steps).toEqual(steps.map((_, index) => index + 1));
    expect(await readEvents(folder)).toEqual(seen);

    const promised = seen.findLast((event) => event.event === 'checkpoint');
    const newest = newestCheckpoint(folder);
    // What an event names was on the disk before it; pruning leaves the newest and the newest that was selected.
    if (promised !== undefined) expect(newest!.step).toBeGreaterThanOrEqual(promised.step);
    if (newest !== null) {
      expect(newest.arrays[0]!.data.every((value) => value === newest.step)).toBe(true);
      expect(newest.state).toEqual({ step: newest.step });
      const files = readdirSync(runFiles(folder).checkpoints).filter((name) => name.endsWith('.ckpt'));
      expect(files.length).toBeLessThanOrEqual(3);
      for (const file of files) readCheckpoint(join(runFiles(folder).checkpoints, file));
    }

    // Somebody says the end for it, behind whatever line was torn.
    writeFileSync(
      runFiles(folder).events(1),
      `${readFileSync(runFiles(folder).events(1), 'utf8')}{"event":"st`,
    );
    appendEnd(folder, 1, end(7, 'failed'));
    expect(await runStatus(folder)).toMatchObject({
      status: 'failed',
      message: 'Because.',
      cause: 'nan',
      step: 7,
    });
    const next = openEvents(folder);
    expect(next.attempt).toBe(2);
    next.close();
  }
});
