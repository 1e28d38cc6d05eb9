import {
  CodeAction,
  CodeActionKind,
  l10n,
  Range,
  WorkspaceEdit,
  type CodeActionContext,
  type CodeActionProvider,
  type TextDocument,
} from 'vscode';
import { own } from '../../own';
import type { Diagnostic } from '../../config/document';
import { NAME_TAKEN } from '../../runs/prepare';
import type { ConfigDiagnostics } from './diagnostics';
import { NATIVE_MISSING } from './engineHint';

/** Quick fixes of diagnostics. */
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
      const edits = diagnostic.fixes.map((fix) => {
        const action = new CodeAction(fix.title, CodeActionKind.QuickFix);
        action.diagnostics = shown;
        action.isPreferred = diagnostic.fixes.length === 1;
        action.edit = new WorkspaceEdit();
        for (const edit of fix.edits) action.edit.replace(document.uri, rangeOf(document, edit), edit.text);
        return action;
      });
      return [
        ...commandsFor(diagnostic).map((action) => Object.assign(action, { diagnostics: shown })),
        ...edits,
      ];
    });
  }
}

/** Fixes that need a command instead of an edit. */
function commandsFor({ code, file }: Diagnostic): CodeAction[] {
  const commands: Record<string, () => CodeAction> = {
    [NATIVE_MISSING]: () => commandAction(l10n.t('Set Up Native Engine…'), 'setUpEngine'),
    [NAME_TAKEN]: () => commandAction(l10n.t('Rename…'), 'renameExperiment', { experiment: file }),
  };
  const make = own(commands, code);
  return make === undefined ? [] : [make()];
}

function commandAction(title: string, command: string, ...args: unknown[]): CodeAction {
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  action.command = { command: `distillery.${command}`, title, arguments: args };
  return action;
}

const rangeOf = (document: TextDocument, { offset, length }: { offset: number; length: number }): Range =>
  new Range(document.positionAt(offset), document.positionAt(offset + length));
