import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseNode, thisNode } from '../../../src/runner/node';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'distillery-node-'));
  for (const [name, version] of [
    ['node', 'v22.3.1'],
    ['old-node', 'v18.2.0'],
  ] as const) {
    writeFileSync(join(folder, name), `#!/bin/sh\necho ${version}\n`);
    chmodSync(join(folder, name), 0o755);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(process.platform === 'win32')('chooseNode', () => {
  const environment = (path: string) => ({ PATH: path, ELECTRON_RUN_AS_NODE: '1', LANG: 'C' });

  it('takes the setting first, and says so', async () => {
    const node = await chooseNode(join(folder, 'node'), environment('/nowhere'));
    expect(node).toMatchObject({ path: join(folder, 'node') });
    expect(node.why).toContain('Node 22.3.1');
  });

  it('refuses a setting that is too old, or no Node', async () => {
    await expect(chooseNode(join(folder, 'old-node'), environment(''))).rejects.toThrow(
      'which is Node 18.2.0',
    );
    await expect(chooseNode(join(folder, 'none'), environment(''))).rejects.toThrow('not a Node executable');
  });

  it('then the one on the PATH, without what makes the editor’s own a Node', async () => {
    const node = await chooseNode('', environment(`/nowhere:${folder}`));
    expect(node.path).toBe(join(folder, 'node'));
    expect(node.environment).toEqual({ PATH: `/nowhere:${folder}`, LANG: 'C' });
  });

  it('and else the one that runs here', async () => {
    const node = await chooseNode('', environment('/nowhere'));
    expect(node.path).toBe(process.execPath);
    expect(node.why).toContain('none is on the PATH');
  });
});

it('thisNode tells only an Electron to be a Node', () => {
  expect(thisNode({ ELECTRON_RUN_AS_NODE: '1', A: 'b' })).toEqual({ A: 'b' });
});
