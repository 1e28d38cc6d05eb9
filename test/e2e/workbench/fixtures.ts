import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { packageExtension } from '../../../scripts/package.mjs';
import { startServer } from '../../vscode/server.mjs';
import { writeSettings } from './folders';
import { watch, type Observations } from './observations';
import { Workbench } from './objects/workbench';

type Server = Awaited<ReturnType<typeof startServer>>;

interface Options {
  release: 'current' | 'minimum';
  /** Ask whether the folder is trusted, as a desktop does. */
  workspaceTrust: boolean;
  /** Programs that are found before those of the machine: the script of a POSIX shell by the name. */
  programs: Record<string, string>;
  /** Settings of this test's folder. */
  settings: Record<string, unknown>;
}

interface Fixtures {
  /** An empty folder, of this test alone. */
  folder: string;
  /** What must stay empty: violations of the content security policy, errors, requests that leave the machine. */
  observations: Observations;
  /** A window, not yet opened on anything. */
  workbench: Workbench;
}

/** One server for all tests that want the same; a browser context, so a window's memory, for each. */
export const test = base.extend<
  Fixtures & Pick<Options, 'settings'>,
  Omit<Options, 'settings'> & { server: Server }
>({
  release: ['current', { option: true, scope: 'worker' }],
  workspaceTrust: [false, { option: true, scope: 'worker' }],
  programs: [{}, { option: true, scope: 'worker' }],
  settings: [{}, { option: true }],

  server: [
    async ({ release, workspaceTrust, programs }, use) => {
      const vsix = packageExtension();
      const bin = mkdtempSync(join(tmpdir(), 'bin-'));
      for (const [name, script] of Object.entries(programs))
        writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      const environment = { PATH: [bin, process.env.PATH].join(delimiter) };
      const server = await startServer({ release, workspaceTrust, vsix, environment, testing: true });
      await use(server);
      await server.stop();
      rmSync(bin, { recursive: true });
    },
    { scope: 'worker', timeout: 300_000 },
  ],

  folder: async ({ server, settings }, use) => {
    mkdirSync(join(server.home, 'w'), { recursive: true });
    const folder = join(mkdtempSync(join(server.home, 'w', 't')), 'digits');
    mkdirSync(folder);
    writeSettings(folder, settings);
    await use(folder);
  },

  observations: async ({ context }, use) => {
    const observations = watch(context);
    await use(observations);
    expect(observations.violations, 'violations of the content security policy').toEqual([]);
    expect(observations.external, 'requests that leave the machine').toEqual([]);
  },

  workbench: async ({ page, server, observations: _ }, use, info) => {
    await use(new Workbench(page));
    if (info.status !== info.expectedStatus)
      await info.attach('server.log', { body: server.log(), contentType: 'text/plain' });
  },
});

export { expect };
