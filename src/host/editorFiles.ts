import { commands, env, l10n, UIKind, Uri, window, workspace } from 'vscode';

export async function openFile(path: string): Promise<void> {
  await window.showTextDocument(Uri.file(path), { preview: true });
}

/** In the Explorer where the workspace holds it, else in the system’s file manager where there is one to reach. */
export async function reveal(path: string): Promise<void> {
  const uri = Uri.file(path);
  if (workspace.getWorkspaceFolder(uri)) {
    await commands.executeCommand('revealInExplorer', uri);
    return;
  }
  if (env.uiKind === UIKind.Desktop && env.remoteName === undefined) {
    await commands.executeCommand('revealFileInOS', uri);
    return;
  }
  const copy = l10n.t('Copy Path');
  if ((await window.showInformationMessage(path, copy)) === copy) await env.clipboard.writeText(path);
}
