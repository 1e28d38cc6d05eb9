import { expect, test } from './fixtures';
import { writeExperiment } from './folders';

test('the panel runs no foreign script, and a violation of the policy is detected', async ({
  workbench,
  server,
  folder,
  observations,
}) => {
  writeExperiment(folder);
  await workbench.open(server.address({ folder }));
  await workbench.sidebar.open();
  await workbench.sidebar.act('small', 'Open Experiment Panel');
  await workbench.panel.reaches('empty');
  expect(observations.violations).toEqual([]);

  const page = await workbench.panel.document();
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.intruder = true';
    document.body.append(script);
    return 'intruder' in window;
  });
  expect(ran).toBe(false);
  await expect.poll(() => observations.violations.splice(0).length).toBe(1);
});
