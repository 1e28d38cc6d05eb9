import { Hover, languages, MarkdownString, type Disposable, type DocumentSelector } from 'vscode';
import { configKind } from '../../config/kinds';
import { hoverText } from '../../config/hover';
import { stepsText } from '../../runs/steps';
import { isNativeThere } from '../engine/nativeEngine';
import type { Host } from '../host';
import { ConfigDiagnostics } from './diagnostics';
import { ConfigFixes } from './fixes';
import { ConfigLenses } from './lenses';

const CONFIGS: DocumentSelector = {
  scheme: 'file',
  pattern: '**/{*.distill.json,*.teacher.json,*.student.json}',
};
const ALL: DocumentSelector = [CONFIGS, { scheme: 'file', pattern: '**/distillery.json' }];

/** Registers diagnostics, quick fixes, code lenses and hovers of config files. */
export function registerConfigs({ context, store, log, reader }: Host): Disposable[] {
  const diagnostics = new ConfigDiagnostics(
    store,
    log,
    reader,
    () => lenses.refresh(),
    () => isNativeThere(context),
  );
  const lenses = new ConfigLenses(store, diagnostics);
  return [
    diagnostics,
    lenses,
    languages.registerCodeLensProvider(CONFIGS, lenses),
    languages.registerCodeActionsProvider(ALL, new ConfigFixes(diagnostics), {
      providedCodeActionKinds: ConfigFixes.kinds,
    }),
    languages.registerHoverProvider(CONFIGS, {
      provideHover(document, position) {
        const { fileName } = document;
        const at = [document.getText(), document.offsetAt(position)] as const;
        const text =
          configKind(fileName) === 'experiment'
            ? hoverText(...at)
            : stepsText(fileName, ...at, diagnostics.experimentsWith(fileName));
        return text === null ? null : new Hover(new MarkdownString(text));
      },
    }),
  ];
}
