import { l10n, Range, workspace, WorkspaceEdit } from 'vscode';
import { UserError } from '../../config/errors';
import type { Host } from '../host';

/** Changes a config file as a person would, so that it can be undone, and saves it. */
export async function rewrite(host: Host, file: string, change: (text: string) => string): Promise<void> {
  const document = await workspace.openTextDocument(file);
  const text = document.getText();
  const edit = new WorkspaceEdit();
  const everything = new Range(document.positionAt(0), document.positionAt(text.length));
  edit.replace(document.uri, everything, change(text));
  if (!(await workspace.applyEdit(edit)) || !(await document.save()))
    throw new UserError(l10n.t('{0} could not be changed.', file));
  await host.store.reload(file);
}
