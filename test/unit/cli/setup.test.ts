import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBuilt, isInstalled, nodeProblem } from '../../../scripts/lib/setup.mjs';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'distillery-setup-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A file with a time in seconds since 1970. */
function write(name: string, time: number, content = ''): void {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  for (let path = file; path !== folder; path = dirname(path)) utimesSync(path, time, time);
}

describe('nodeProblem', () => {
  it('is a sentence for an old Node and nothing for those that are supported', () => {
    expect(nodeProblem('18.19.1')).toMatch(/Distillery needs Node 20 or newer and this is 18\.19\.1\./);
    for (const version of ['20.0.0', '22.11.0', '24.1.0']) expect(nodeProblem(version)).toBeNull();
  });
});

describe('isInstalled', () => {
  const lock = (packages: object) => JSON.stringify({ packages: { '': {}, ...packages } });
  const wanted = {
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  };

  it('compares what npm installed with what the lock file names', () => {
    expect(isInstalled(folder)).toBe(false);
    write('package-lock.json', 1, lock(wanted));
    expect(isInstalled(folder)).toBe(false);
    write('node_modules/.package-lock.json', 1, lock({ 'node_modules/a': { version: '0.9.0' } }));
    expect(isInstalled(folder)).toBe(false);
    write('node_modules/.package-lock.json', 1, lock(wanted));
    expect(isInstalled(folder)).toBe(true);
  });

  it('does without optional packages that could not be installed, but not with another version of them', () => {
    write('package-lock.json', 1, lock(wanted));
    write('node_modules/.package-lock.json', 1, lock({ 'node_modules/a': { version: '1.0.0' } }));
    expect(isInstalled(folder)).toBe(true);
    write('node_modules/.package-lock.json', 1, lock({ ...wanted, 'node_modules/b': { version: '1.9.0' } }));
    expect(isInstalled(folder)).toBe(false);
  });
});

describe('isBuilt', () => {
  const outputs = [
    'extension.js',
    'cli.js',
    'runner.js',
    'trainer.js',
    'webview/panel.js',
    'wasm/kernels.wasm',
  ];

  it('wants every output, newer than every source', () => {
    write('src/cli/main.ts', 100);
    expect(isBuilt(folder)).toBe(false);
    for (const output of outputs) write(`dist/${output}`, 200);
    expect(isBuilt(folder)).toBe(true);
    write('src/cli/main.ts', 300);
    expect(isBuilt(folder)).toBe(false);
    for (const output of outputs) write(`dist/${output}`, 400);
    expect(isBuilt(folder)).toBe(true);
    rmSync(join(folder, 'dist', 'webview', 'panel.js'));
    expect(isBuilt(folder)).toBe(false);
  });
});
