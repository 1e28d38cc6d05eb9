import { join } from 'node:path';
import { Uri, window, workspace } from 'vscode';

/** Asks where to, beginning in `folder`, and writes. The name is a proposal only: a page may have given it. */
export async function saveBytes(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const plain = name.replaceAll(/[^\p{L}\p{N}._ -]+/gu, '-');
  const uri = await window.showSaveDialog({ defaultUri: Uri.file(join(folder, plain)) });
  if (uri) await workspace.fs.writeFile(uri, bytes);
}
