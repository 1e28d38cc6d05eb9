import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { npmInstall } from '../../../src/runner/setup/npm';
import { runStages } from '../../../src/runner/setup/runStages';

/** A package of npm that leaves a mark where its install script runs. */
const PACKAGE = {
  name: 'small',
  version: '1.0.0',
  scripts: { install: `node -e "require('fs').writeFileSync('ran', '')"` },
};

// npm is a script of a POSIX shell.
describe.runIf(process.platform !== 'win32')('what npm installs', () => {
  let root: string;
  let server: Server;
  let archive: Buffer;
  let served: Buffer;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'distillery-npm-'));
    for (const folder of ['source/package', 'install']) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'source', 'package', 'package.json'), JSON.stringify(PACKAGE));
    execFileSync('tar', ['-czf', 'small.tgz', 'package'], { cwd: join(root, 'source') });
    served = archive = readFileSync(join(root, 'source', 'small.tgz'));
    server = createServer(({ url }, response) => {
      if (url?.endsWith('.tgz')) return response.end(served);
      // A registry that lies names the hash of what it serves.
      const dist = { tarball: `${registry()}small.tgz`, integrity: integrityOf(served) };
      return response.end(
        JSON.stringify({ ...PACKAGE, versions: { '1.0.0': { ...PACKAGE, dist } }, 'dist-tags': {} }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.close();
    rmSync(root, { recursive: true });
  });

  const registry = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const integrityOf = (bytes: Buffer) => `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  const installed = (file: string) => join(root, 'install', 'node_modules', 'small', file);

  function install(): Promise<unknown> {
    const dependencies = { small: '1.0.0' };
    const lock = {
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': { dependencies },
        'node_modules/small': { version: '1.0.0', integrity: integrityOf(archive), hasInstallScript: true },
      },
    };
    const stages = npmInstall('small 1.0.0', 'small 1.0.0', lock);
    return runStages(
      { madeFrom: 'small 1.0.0', stages, downloadBytes: 0, spaceBytes: 0 },
      {
        folder: join(root, 'install'),
        temporary: root,
        environment: {
          ...process.env,
          npm_config_registry: registry(),
          npm_config_cache: join(root, 'cache'),
          npm_config_fetch_retries: '0',
        },
        signal: new AbortController().signal,
        log: () => undefined,
        spaceBytes: 0,
        show: () => undefined,
        accept: () => Promise.reject(new Error('There is nothing to accept.')),
      },
    );
  }

  it('is the package with the hash of the lock file, and no script of it runs', async () => {
    await expect(install()).rejects.toThrow('No stage accepts what was made.');
    expect(existsSync(installed('package.json'))).toBe(true);
    expect(existsSync(installed('ran'))).toBe(false);
  });

  it('is refused where one byte is another', async () => {
    served = Buffer.from(archive);
    served[served.length - 20]! ^= 1;
    await expect(install()).rejects.toThrow(
      /npm could not install small 1\.0\.0 \(.*EINTEGRITY.*another file than the one whose hash Distillery knows/s,
    );
    expect(existsSync(installed('package.json'))).toBe(false);
  });
});
