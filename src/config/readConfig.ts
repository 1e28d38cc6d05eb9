import { basename } from 'node:path';
import { type Diagnostic, finding, type Document } from './document';
import { UserError } from './errors';
import { bufferText, loadText } from './files';
import { check } from './issues';
import { configKind, endings, schemas, type ConfigKind, type ConfigValues } from './kinds';
import { parse } from './parse';

/** A config file as read. The value includes all defaults; it is null if there are errors. */
export interface Reading<Kind extends ConfigKind> {
  kind: Kind;
  file: string;
  document: Document;
  value: ConfigValues[Kind] | null;
  diagnostics: Diagnostic[];
}
export type AnyReading = { [Kind in ConfigKind]: Reading<Kind> }[ConfigKind];

/**
 * Reads and checks one file, whose kind follows from its name. `text` is its text if it is open in an editor. All problems
 * of the content are returned as diagnostics.
 *
 * @throws UserError if the name is not that of a config file
 */
export function readConfig(file: string, text?: string): AnyReading {
  const kind = configKind(file);
  if (kind === null)
    throw new UserError(
      `${basename(file)} is not a config file: expected a name that ends in ${endings.experiment}, ${endings.teacher} or ${endings.student}.`,
    );
  return readAs(kind, file, text) as AnyReading;
}

/** As `readConfig`, for a known kind. */
export function readAs<Kind extends ConfigKind>(kind: Kind, file: string, text?: string): Reading<Kind> {
  const { document, value, diagnostics } = readDocument(file, text);
  if (diagnostics.length > 0) return { kind, file, document, value: null, diagnostics };
  const checked = check(schemas[kind], value, document);
  return { kind, file, document, ...checked, value: checked.value as ConfigValues[Kind] | null };
}

/** Parses a file as JSON without checking it against a schema. */
export function readDocument(file: string, text?: string): ReturnType<typeof parse> {
  const loaded = text === undefined ? loadText(file) : bufferText(text);
  if ('text' in loaded) return parse(file, loaded.text);
  const document = { file, text: '', tree: undefined };
  const message = `${basename(file)}: ${loaded.problem}`;
  return { document, value: undefined, diagnostics: [finding(document, [], { code: loaded.code, message })] };
}
