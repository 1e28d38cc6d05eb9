import { join } from 'node:path';
import { l10n, Uri, window } from 'vscode';
import { sampleNames, samplePath, scaffoldSample, writeScaffold } from '../../config/scaffold';
import type { Host } from '../host';
import { pickFolder } from './folders';

/** Copies one of the experiments that come with Distillery into the folder, and opens it. */
export async function newSample(host: Host): Promise<void> {
  const folder = await pickFolder();
  if (folder === undefined) return;
  const samples = host.context.asAbsolutePath('samples');
  const name = await window.showQuickPick(sampleNames(samples), {
    title: l10n.t('Copy a Sample Experiment'),
    placeHolder: l10n.t('Copied into the experiments folder, with its teacher and student.'),
  });
  if (name === undefined) return;
  writeScaffold(folder, scaffoldSample(samples, name, folder));
  await host.store.refresh();
  await window.showTextDocument(Uri.file(join(folder, samplePath(name))), { preview: false });
}
