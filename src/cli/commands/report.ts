import { resolve } from 'node:path';
import { markdown } from '../../results/report';
import { formatJson, writeAtomic } from '../../runs/atomic';
import { collectSummary } from '../../runs/collect';
import { howToRepeat } from '../../runs/repeat';
import { writeReports } from '../../runs/reports';
import { openInBrowser } from '../browser';
import { shownPath } from '../diagnostics';
import { EXPERIMENT_ARGUMENT, prepareResults } from '../experiment';
import { EXIT, UsageError, type RegisterCommand } from '../command';
import { print, printMessage } from '../output';
import { resultLines } from '../resultLines';

interface ReportFlags {
  open?: true;
  json?: true;
  markdown?: true;
  out?: string;
}

export const reportCommand: RegisterCommand = (program, end) => {
  program
    .command('report')
    .description('Rebuilds summary.json and report.html from the run folders, and prints the table.')
    .argument('<experiment>', EXPERIMENT_ARGUMENT)
    .option('--open', 'open the report in a browser')
    .option('--json', 'print the summary as JSON')
    .option('--markdown', 'print the result as Markdown, for a pull request')
    .option('--out <file>', 'write the Markdown or the JSON into this file instead')
    .addHelpText(
      'after',
      `
Examples:
  distillery report experiments/few-labels --open
  distillery report few-labels.distill.json --json
  distillery report experiments/few-labels --markdown | gh pr comment --body-file -`,
    )
    .action(async (argument: string, flags: ReportFlags) => {
      const { open, json, out } = flags;
      if (json && flags.markdown) throw new UsageError('Use --json or --markdown, not both.');
      if (out !== undefined && !json && !flags.markdown)
        throw new UsageError('--out needs --markdown or --json: add one of them.');
      const ready = await prepareResults(argument);
      // Read before writing, so that this works on a read-only disk.
      const summary = await collectSummary(ready);
      const text = json
        ? formatJson(summary)
        : flags.markdown
          ? markdown(summary, await howToRepeat(ready, ready.experiment))
          : null;
      if (out !== undefined && text !== null) {
        writeAtomic(resolve(out), text);
        printMessage(`Wrote ${shownPath(resolve(out))}.`);
      } else print(...(text === null ? resultLines(summary) : [text.trimEnd()]));
      const { report } = await writeReports(ready);
      if (text === null) print('', `Report: ${shownPath(report)}`);
      if (open) openInBrowser(report);
      end(EXIT.done);
    });
};
