import { l10n, window, workspace, type WorkspaceFolder } from 'vscode';

/** Folders of the workspace that are on disk. */
export const foldersHere = (): readonly WorkspaceFolder[] =>
  (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');

/** The only folder, or the one that the person picks. */
export async function pickFolder(): Promise<string | undefined> {
  const folders = foldersHere();
  if (folders.length <= 1) return folders[0]?.uri.fsPath;
  const picked = await window.showQuickPick(
    folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, path: uri.fsPath })),
    { title: l10n.t('Which folder?') },
  );
  return picked?.path;
}
