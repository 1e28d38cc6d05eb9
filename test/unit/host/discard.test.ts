import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { window, workspace } from 'vscode';
import { deleteRun } from '../../../src/host/commands/discard';
import type { Host } from '../../../src/host/host';
import type { ExperimentView } from '../../../src/host/store/views';
import { experimentView, runView } from './views';

let root: string;
let folder: string;
const trash = vi.fn();
const ask = vi.fn();
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'distillery-discard-'));
  folder = join(root, 'runs', 'few', 'kd-abc123', 'seed-0');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'result.json'), '{}');
  trash.mockReset();
  ask.mockReset();
  Object.assign(workspace, { fs: { delete: trash } });
  Object.assign(window, { showWarningMessage: ask, setStatusBarMessage: vi.fn() });
});
afterEach(() => rmSync(root, { recursive: true }));

function remove(looks = 0): Promise<void> {
  const run = { ...runView({ status: 'finished' }), id: folder, folder };
  const summary = { looks } as unknown as ExperimentView['summary'];
  const view = experimentView([run], { root, summary });
  const host = {
    store: { get: () => view, reload: vi.fn(), experiments: [view] },
    panels: {},
    log: { info: vi.fn() },
    selection: () => undefined,
  } as unknown as Host;
  return deleteRun(host, { experiment: view.key, run: folder });
}

describe('deleting a run', () => {
  it('asks first, in the one modal dialog there is', async () => {
    ask.mockResolvedValue(undefined);
    await remove();
    expect(ask).toHaveBeenCalledWith(
      expect.stringContaining('kd · seed 0'),
      expect.objectContaining({ modal: true, detail: folder }),
      'Move to Bin',
    );
    expect(trash).not.toHaveBeenCalled();
    expect(existsSync(folder)).toBe(true);
  });

  it('says what happens to the verdict once the test set has been opened', async () => {
    ask.mockResolvedValue(undefined);
    await remove(1);
    const [[, { detail }]] = ask.mock.calls as [[string, { detail: string }]];
    expect(detail).toContain(folder);
    expect(detail).toContain('There is no verdict');
  });

  it('uses the bin of the system', async () => {
    ask.mockResolvedValue('Move to Bin');
    trash.mockResolvedValue(undefined);
    await remove();
    expect(trash).toHaveBeenCalledWith(expect.objectContaining({ fsPath: folder }), {
      recursive: true,
      useTrash: true,
    });
  });

  it('loses nothing where there is no such bin', async () => {
    ask.mockResolvedValue('Move to Bin');
    trash.mockRejectedValue(new Error('no trash here'));
    await remove();
    expect(existsSync(folder)).toBe(false);
    const [time = ''] = readdirSync(join(root, '.distillery', 'bin'));
    const kept = join(root, '.distillery', 'bin', time, 'runs', 'few', 'kd-abc123', 'seed-0');
    expect(readdirSync(kept)).toEqual(['result.json']);
  });
});
