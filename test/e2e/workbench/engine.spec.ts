import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures';

// Instead of npm a program that never ends, and another that it started; nothing is downloaded.
test.use({ programs: { npm: 'sleep 600 & echo $! > "$HOME/started"; wait' } });

test('setting up the native engine shows its cost and folder first, and Cancel leaves nothing', async ({
  workbench,
  server,
}) => {
  // It is a person's and not a folder's: none is open.
  await workbench.open(server.address({ ew: 'true' }));
  await workbench.sidebar.open();
  await workbench.command('Distillery: Set Up Native Engine…');
  await workbench.openNotifications();
  const offer = workbench.notifications.filter({ hasText: 'Set up Native TensorFlow?' });
  await expect(offer).toContainText(/\d+\sMB and uses 1\.2\sGB on disk/);
  await expect(offer).toContainText(join(server.storage, 'native'));
  await offer.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(offer).toHaveCount(0);
  expect(existsSync(server.storage)).toBe(false);
});

test('cancelling the setup ends every process that it started', async ({ workbench, server, page }) => {
  await workbench.open(server.address({ ew: 'true' }));
  await workbench.sidebar.open();
  await workbench.command('Distillery: Set Up Native Engine…');
  await workbench.openNotifications();
  await workbench.notifications.getByRole('button', { name: 'Set Up', exact: true }).click();
  await workbench.openNotifications();
  const progress = workbench.notifications.filter({ hasText: 'Setting up the native engine' });
  await expect(progress).toContainText(/\d of \d+: npm installs/);
  const started = join(server.home, 'started');
  await expect(() => expect(readFileSync(started, 'utf8')).toMatch(/^\d+\n$/)).toPass({ timeout: 30_000 });
  const pid = Number(readFileSync(started, 'utf8'));
  expect(isAtWork(pid)).toBe(true);
  await progress.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(progress).toHaveCount(0);
  await expect(page.locator('.statusbar-item').filter({ hasText: 'nothing was left behind' })).toBeVisible();
  await expect(() => expect(isAtWork(pid)).toBe(false)).toPass({ timeout: 30_000 });
  expect(readdirSync(server.storage)).toEqual(['native-setup.log']);
});

/** A process that has ended and was not reaped yet does not run. */
function isAtWork(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return (
      process.platform !== 'linux' || !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
    );
  } catch {
    return false;
  }
}
