import type { Diagnostic } from '../../config/diagnostics';
import { finding, replaceValue } from '../../config/document';
import type { ReadText } from '../../config/files';
import { readDocument } from '../../config/readConfig';
import type { Prepared } from '../../runs/prepare';
import { needsNative } from '../engine/needed';

/** By this code a fix offers to set the engine up. */
export const NATIVE_MISSING = 'native-missing';

/** A fact of this machine and not of the file: it is said in the editor, at the word that asks for what is not here. */
export function engineHint(
  { file, experiment, engine }: Pick<Prepared, 'file' | 'experiment' | 'engine'>,
  isThere: () => boolean,
  readText: ReadText,
): Diagnostic[] {
  if (experiment?.config.engine !== 'native' || !needsNative({ experiment, engine }) || isThere()) return [];
  const { document } = readDocument(file, readText(file));
  return [
    finding(document, ['engine'], {
      severity: 'warning',
      code: NATIVE_MISSING,
      message: 'Native TensorFlow is not set up on this machine, so this experiment cannot be trained here.',
      fixes: engine === null ? replaceValue(document, ['engine'], 'auto') : [],
    }),
  ];
}
