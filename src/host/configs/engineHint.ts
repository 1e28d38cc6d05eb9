import { type Diagnostic, finding, replaceValue } from '../../config/document';
import type { ReadText } from '../../config/files';
import { readDocument } from '../../config/readConfig';
import type { Prepared } from '../../runs/prepare';
import { needsNative } from '../engine/needed';

/** Diagnostic code for which a quick fix offers the set-up. */
export const NATIVE_MISSING = 'native-missing';

/** Warns at the key `engine` if the native engine is not installed on this machine. */
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
