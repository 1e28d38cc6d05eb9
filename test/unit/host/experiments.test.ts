import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { window, workspace, WorkspaceEdit, type Uri } from 'vscode';
import {
  deleteExperiment,
  duplicateExperiment,
  renameExperiment,
} from '../../../src/host/commands/experiments';
import type { Host } from '../../../src/host/host';
import { registerRenames } from '../../../src/host/renames';
import { experimentFiles } from '../../../src/runs/layout';
import { acquireLease } from '../../../src/runs/lease';
import { temporaryFolder, writeExperiment } from '../runs/fixtures';
import { experimentView } from './views';
import { eventually } from '../eventually';

let root: string;
let file: string;
let runs: string;
let teachers: string;
const ask = vi.fn();
const enter = vi.fn();
const refresh = vi.fn();
const followed = vi.fn();
let renamed: (event: { files: { oldUri: Uri; newUri: Uri }[] }) => void;

beforeEach(() => {
  root = temporaryFolder();
  file = writeExperiment(root);
  runs = join(root, 'runs', 'few');
  teachers = join(root, 'runs', 'teachers');
  for (const folder of [runs, teachers]) mkdirSync(join(folder, 'one'), { recursive: true });
  for (const mock of [ask, enter, refresh]) mock.mockReset();
  Object.assign(window, { showWarningMessage: ask, showInputBox: enter, showTextDocument: vi.fn() });
  Object.assign(workspace, {
    fs: { delete: ({ fsPath }: Uri) => rmSync(fsPath, { recursive: true }) },
    onDidRenameFiles: (listener: typeof renamed) => (renamed = listener),
    applyEdit: ({ from, to }: { from: Uri; to: Uri }) => {
      renameSync(from.fsPath, to.fsPath);
      renamed({ files: [{ oldUri: from, newUri: to }] });
      return true;
    },
  });
  WorkspaceEdit.prototype.renameFile = function (from, to) {
    Object.assign(this, { from, to });
  };
  registerRenames(host());
});

function host(): Host {
  const view = { ...experimentView([], { root }), key: file, name: 'few', runnable: true };
  const store = { get: () => view, refresh, experiments: [view] };
  return {
    store,
    panels: { rename: followed },
    log: { info: vi.fn() },
    selection: () => undefined,
  } as unknown as Host;
}
const about = () => ({ experiment: file });
const uri = (path: string) => ({ scheme: 'file', fsPath: path }) as Uri;

describe('the commands of an experiment', () => {
  it('Rename takes the runs along', async () => {
    enter.mockResolvedValue('many');
    const uris = { file: uri };
    vi.spyOn((await import('vscode')).Uri, 'file').mockImplementation(uris.file);
    await renameExperiment(host(), about());
    await eventually(() => expect(refresh).toHaveBeenCalled());
    expect(existsSync(join(dirname(file), 'many.distill.json'))).toBe(true);
    expect([existsSync(runs), existsSync(join(root, 'runs', 'many', 'one'))]).toEqual([false, true]);
    expect(followed).toHaveBeenCalledWith(file, join(dirname(file), 'many.distill.json'));
  });

  it('Rename and Delete are refused while a runner is at work', async () => {
    const lease = await acquireLease(experimentFiles(runs).runner, 1);
    await expect(renameExperiment(host(), about())).rejects.toThrow('few is running.');
    await expect(deleteExperiment(host(), about())).rejects.toThrow('few is running.');
    lease.release();
    expect(ask).not.toHaveBeenCalled();
  });

  it('Duplicate copies the file alone', async () => {
    enter.mockResolvedValue('many');
    await duplicateExperiment(host(), about());
    expect(readFileSync(join(dirname(file), 'many.distill.json'))).toEqual(readFileSync(file));
    expect(existsSync(join(root, 'runs', 'many'))).toBe(false);
  });

  it('Delete says what goes, and keeps teachers and students', async () => {
    ask.mockResolvedValue(undefined);
    await deleteExperiment(host(), about());
    expect(ask.mock.calls[0]![1]).toMatchObject({ modal: true });
    expect((ask.mock.calls[0]![1] as { detail: string }).detail.split('\n').slice(0, 2)).toEqual([
      file,
      runs,
    ]);
    expect(existsSync(file) && existsSync(runs)).toBe(true);

    ask.mockResolvedValue('Move to Bin');
    await deleteExperiment(host(), about());
    expect([existsSync(file), existsSync(runs)]).toEqual([false, false]);
    expect(existsSync(teachers)).toBe(true);
    expect(existsSync(join(dirname(file), 'small.student.json'))).toBe(true);
  });
});
