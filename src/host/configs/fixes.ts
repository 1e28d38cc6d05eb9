import {
  CodeAction,
  CodeActionKind,
  Range,
  WorkspaceEdit,
  type CodeActionContext,
  type CodeActionProvider,
  type TextDocument,
} from 'vscode';
import type { ConfigDiagnostics } from './diagnostics';

/** The fixes that a check found, where there is one right answer. */
export class ConfigFixes implements CodeActionProvider {
  static readonly kinds = [CodeActionKind.QuickFix];

  constructor(private readonly diagnostics: ConfigDiagnostics) {}

  provideCodeActions(document: TextDocument, range: Range, context: CodeActionContext): CodeAction[] {
    return this.diagnostics.of(document.fileName).flatMap((diagnostic) => {
      const place = rangeOf(document, diagnostic);
      if (!place.intersection(range)) return [];
      const shown = context.diagnostics.filter(
        (one) => one.message === diagnostic.message && one.range.isEqual(place),
      );
      return diagnostic.fixes.map((fix) => {
        const action = new CodeAction(fix.title, CodeActionKind.QuickFix);
        action.diagnostics = shown;
        action.isPreferred = diagnostic.fixes.length === 1;
        action.edit = new WorkspaceEdit();
        for (const edit of fix.edits) action.edit.replace(document.uri, rangeOf(document, edit), edit.text);
        return action;
      });
    });
  }
}

const rangeOf = (document: TextDocument, { offset, length }: { offset: number; length: number }): Range =>
  new Range(document.positionAt(offset), document.positionAt(offset + length));
