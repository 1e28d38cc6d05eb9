import { join } from 'node:path';
import { expect, test } from './fixtures';
import { writeExperiment } from './folders';
import { attemptsOf, checkpointsOf, isAlive, runnerOf, storedRun, weightsOf } from './runFolders';

test('Stop ends every process and keeps a checkpoint; Resume reaches the weights of an uninterrupted run', async ({
  workbench,
  server,
  folder,
}) => {
  test.setTimeout(900_000);
  const { sidebar, panel } = workbench;
  // Seconds of training, so that it is stopped on the way however fast the machine is.
  for (const name of ['stopped', 'straight']) writeExperiment(join(folder, name), { name, steps: 20_000 });
  await workbench.open(server.address({ folder }));
  await sidebar.open();

  await test.step('stop while it trains', async () => {
    await sidebar.act('stopped', 'Run Experiment');
    await panel.reaches('running');
    await panel.go('Losses');
    await expect.poll(() => panel.step(), { timeout: 120_000 }).toBeGreaterThan(100);
    const runner = runnerOf(folder, 'stopped') ?? 0;
    expect(isAlive(runner)).toBe(true);
    await panel.button('Stop').click();
    await panel.reaches('stopped');
    await expect.poll(() => isAlive(runner)).toBe(false);
    expect(checkpointsOf(storedRun(join(folder, 'stopped'), 'Scratch', 0))).not.toEqual([]);
  });

  await test.step('resume, and finish', async () => {
    await panel.button('Resume').click();
    await panel.reaches('finished', 300_000);
    expect(attemptsOf(storedRun(join(folder, 'stopped'), 'Scratch', 0)).length).toBeGreaterThan(1);
  });

  await test.step('the same experiment without a stop has the same weights', async () => {
    await sidebar.act('straight', 'Run Experiment');
    await workbench.tab('straight').waitFor();
    await panel.reaches('finished', 300_000);
    for (const arm of ['Scratch', 'distilled'])
      expect(weightsOf(storedRun(join(folder, 'stopped'), arm, 0)), arm).toBe(
        weightsOf(storedRun(join(folder, 'straight'), arm, 0)),
      );
  });
});
