import { strict as assert } from 'node:assert';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commands, extensions, window, workspace } from 'vscode';
import type { DistilleryApi } from '../../src/host/extension';

export const EXTENSION = 'distillery.distillery';

export async function activated(): Promise<DistilleryApi> {
  const extension = extensions.getExtension<DistilleryApi>(EXTENSION);
  assert.ok(extension, 'the extension is not there');
  return extension.activate();
}

/** The folder that the launcher opened. */
export function folder(): string {
  const path = workspace.workspaceFolders?.[0]?.uri.fsPath;
  assert.ok(path, 'no folder is open');
  return path;
}

/** Waits until a condition holds; the error names the condition. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | null | Promise<T | undefined | false | null>,
  limit = 30_000,
): Promise<T> {
  for (const end = Date.now() + limit; Date.now() < end; await sleep(100)) {
    const found = await look();
    if (found) return found;
  }
  assert.fail(`Timed out waiting until ${what}.`);
}

/** Resets the folder: empty, no editors open. */
export async function cleanWorkspace(): Promise<void> {
  // VS Code in a browser saves automatically, so unsaved text of a test would come back.
  for (const document of workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await window.showTextDocument(document);
    await commands.executeCommand('workbench.action.files.revert');
  }
  await commands.executeCommand('workbench.action.closeAllEditors');
  for (const name of ['experiments', 'runs', 'distillery.json', '.gitignore', '.distillery', 'new'])
    rmSync(join(folder(), name), { recursive: true, force: true });
  const { store } = await activated();
  await store.refresh();
  assert.deepEqual(store.experiments, []);
}
