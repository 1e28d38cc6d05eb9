import type { Diagnostic } from '../../config/document';
import { configKind } from '../../config/kinds';
import { readConfig } from '../../config/readConfig';
import type { Arm } from '../../config/resolved';
import { tableLines, type TableFacts } from '../../config/table';
import { plain, plural } from '../../results/format';
import { prepare } from '../../runs/prepare';
import { formatDiagnostic, locate, shownPath } from '../diagnostics';
import { EXIT, type RegisterCommand } from '../command';
import { findConfigs } from '../experiment';
import { print, printJson, printMessage } from '../output';
import { reader } from '../reader';

export const checkCommand: RegisterCommand = (program, end) => {
  program
    .command('check')
    .description('Checks config files and reports errors and warnings with line and column. Trains nothing.')
    .argument(
      '<files...>',
      '*.distill.json (with its teacher, student and data), *.teacher.json, *.student.json, or folders that contain them',
    )
    .option('--json', 'print a list of findings')
    .addHelpText(
      'after',
      '\nExamples:\n  distillery check few-labels.distill.json\n  distillery check experiments/few-labels',
    )
    .action(async (files: string[], { json }: { json?: true }) => {
      const findings: Diagnostic[] = [];
      const notes: string[] = [];
      const found = files.flatMap(findConfigs);
      for (const file of found) {
        const { diagnostics, arms, table } = await check(file);
        findings.push(...diagnostics);
        if (table) notes.push(...tableLines(table).map((line) => `${shownPath(file)}: ${line}.`));
        notes.push(...arms.filter(isSecondForm).map((arm) => `${shownPath(file)}: ${weightsOf(arm)}`));
      }
      const located = locate(unique(findings));
      const errors = located.filter((one) => one.severity === 'error').length;
      const warnings = located.filter((one) => one.severity === 'warning').length;
      if (json) printJson(located);
      else {
        for (const one of located) print(formatDiagnostic(one));
        if (notes.length > 0) print(...notes);
        printMessage(
          `${plural(found.length, 'file')}, ${plural(errors, 'error')}, ${plural(warnings, 'warning')}.`,
        );
      }
      end(errors > 0 ? EXIT.usage : EXIT.done);
    });
};

async function check(
  file: string,
): Promise<{ diagnostics: Diagnostic[]; arms: Arm[]; table?: TableFacts | undefined }> {
  if (configKind(file) !== 'experiment') return { diagnostics: readConfig(file).diagnostics, arms: [] };
  const { diagnostics, plan, facts } = await prepare(file, reader);
  return { diagnostics, arms: [...(plan?.arms ?? [])], table: facts?.table };
}

/** With beta, alpha is the weight of the labels, the opposite of its meaning alone: so both weights are shown. */
const isSecondForm = ({ origins }: Arm) => origins['distillationWeight']?.startsWith('from beta') ?? false;

function weightsOf({ title, method, origins }: Arm): string {
  const weights = Object.entries(method.weights).map(
    ([term, weight]) => `${term}Weight ${plain(weight)} (${origins[`${term}Weight`] ?? 'default'})`,
  );
  return `“${title}” weighs ${weights.join(', ')}.`;
}

/** Reports a teacher that several files name only once. */
function unique(findings: readonly Diagnostic[]): Diagnostic[] {
  const byPlace = new Map(
    findings.map((one) => [`${one.file} ${one.offset} ${one.code} ${one.message}`, one]),
  );
  return [...byPlace.values()];
}
