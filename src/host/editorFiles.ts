import { join } from 'node:path';
import { commands, env, l10n, UIKind, Uri, window, workspace } from 'vscode';

export async function openFile(path: string): Promise<void> {
  await window.showTextDocument(Uri.file(path), { preview: true });
}

/** In the Explorer if the workspace contains it, otherwise in the system’s file manager if there is one. */
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

/** Asks for a file, starting in `folder`, and writes it. The name comes from the page, so it is sanitised and only proposed. */
export async function saveBytes(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const plain = name.replaceAll(/[^\p{L}\p{N}._ -]+/gu, '-');
  const uri = await window.showSaveDialog({ defaultUri: Uri.file(join(folder, plain)) });
  if (uri) await workspace.fs.writeFile(uri, bytes);
}
