import {
  Diagnostic as EditorDiagnostic,
  DiagnosticSeverity,
  languages,
  Position,
  Range,
  Uri,
  workspace,
  type Disposable,
  type TextDocument,
} from 'vscode';
import type { Diagnostic } from '../../config/document';
import { errorText } from '../../config/errors';
import { configKind } from '../../config/kinds';
import { readConfig } from '../../config/read';
import { filesOf } from '../../config/resolved';
import { prepare, type Prepared } from '../../runs/prepare';
import type { Readable } from '../reader';
import type { Store } from '../store/store';
import { engineHint } from './engineHint';

const SOURCE = 'Distillery';
const QUIET = 200;
const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

interface Log {
  error(message: string): void;
}

/** Diagnostics of config files, including unsaved changes; the results are kept for hovers, fixes and lenses. */
export class ConfigDiagnostics implements Disposable {
  private readonly collection = languages.createDiagnosticCollection('distillery');
  private readonly disposables: Disposable[];
  private checked: ReadonlyMap<string, Prepared> = new Map();
  private found: readonly Diagnostic[] = [];
  /** The diagnostics last seen from the store: a new list means that the files were read again. */
  private readonly seen = new Map<string, readonly Diagnostic[]>();
  private timer: NodeJS.Timeout | null = null;
  private running = false;

  constructor(
    private readonly store: Store,
    private readonly log: Log,
    private readonly reader: Readable,
    private readonly changed: () => void,
    private readonly isNativeThere: () => boolean,
  ) {
    const check = (document: TextDocument) => configKind(document.fileName) !== null && this.checkSoon();
    this.disposables = [
      this.collection,
      workspace.onDidOpenTextDocument(check),
      workspace.onDidCloseTextDocument(check),
      workspace.onDidSaveTextDocument(check),
      workspace.onDidChangeTextDocument(({ document }) => check(document)),
      store.onDidChange((view) => {
        if (view === undefined || this.seen.get(view.key) !== view.diagnostics) this.checkSoon();
        if (view) this.seen.set(view.key, view.diagnostics);
      }),
    ];
    this.checkSoon();
  }

  /** The diagnostics of a file. */
  of(file: string): readonly Diagnostic[] {
    return this.found.filter((diagnostic) => diagnostic.file === file);
  }

  /** The experiments that use a config file, including unsaved changes. */
  experimentsWith(file: string): Prepared[] {
    return [...this.checked.values()].filter(
      ({ experiment }) => experiment && filesOf(experiment).includes(file),
    );
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    for (const disposable of this.disposables) disposable.dispose();
  }

  private checkSoon(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.check(), QUIET);
  }

  private async check(): Promise<void> {
    this.timer = null;
    if (this.running) return this.checkSoon();
    this.running = true;
    try {
      await this.checkAll();
    } catch (error) {
      this.log.error(`Checking the config files: ${errorText(error)}`);
    } finally {
      this.running = false;
    }
    this.changed();
  }

  private async checkAll(): Promise<void> {
    const open = new Map(
      workspace.textDocuments
        .filter(({ uri, fileName }) => uri.scheme === 'file' && configKind(fileName) !== null)
        .map((document) => [document.fileName, document.getText()]),
    );
    const readText = (path: string) => open.get(path);
    const experiments = new Set(
      [
        ...open.keys(),
        ...this.store.experiments.filter((view) => view.runnable).map((view) => view.key),
      ].filter((file) => configKind(file) === 'experiment'),
    );
    const checked = new Map<string, Prepared>();
    for (const file of experiments) checked.set(file, await prepare(file, this.reader.now, readText));
    // Replaced at once, so that callers meanwhile see the previous state.
    this.checked = checked;
    const inExperiments = [...this.checked.values()].flatMap((prepared) => [
      ...prepared.diagnostics,
      ...engineHint(prepared, this.isNativeThere, readText),
    ]);
    const alone = [...open].flatMap(([file, text]) =>
      this.experimentsWith(file).length > 0 ? [] : readConfig(file, text).diagnostics,
    );
    this.found = unique([...inExperiments, ...alone]);
    await this.show(readText);
  }

  private async show(readText: (path: string) => string | undefined): Promise<void> {
    this.collection.clear();
    for (const file of new Set(this.found.map((diagnostic) => diagnostic.file))) {
      const text = readText(file) ?? (await textOnDisk(file));
      this.collection.set(
        Uri.file(file),
        this.of(file).map((diagnostic) => toEditor(diagnostic, text)),
      );
    }
  }
}

/** Two experiments that share a teacher report the same findings for it. */
function unique(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Map(diagnostics.map((d) => [JSON.stringify([d.file, d.offset, d.code, d.message]), d]));
  return [...seen.values()];
}

function toEditor(diagnostic: Diagnostic, text: string): EditorDiagnostic {
  const { offset, length, message, severity, code } = diagnostic;
  const range = new Range(positionAt(text, offset), positionAt(text, offset + length));
  const shown = new EditorDiagnostic(range, message, severities[severity]);
  shown.source = SOURCE;
  shown.code = code;
  return shown;
}

const textOnDisk = async (file: string): Promise<string> => {
  try {
    return Buffer.from(await workspace.fs.readFile(Uri.file(file))).toString('utf8');
  } catch {
    return '';
  }
};

/** For a text that may not be open in an editor. */
function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lines = before.split(/\r\n|\n|\r/);
  return new Position(lines.length - 1, lines.at(-1)?.length ?? 0);
}
