import { resolve } from 'node:path';
import { markdown } from '../../results/report';
import { formatJson, writeAtomic } from '../../runs/atomic';
import { collectSummary } from '../../runs/collect';
import { howToRepeat } from '../../runs/repeat';
import { writeReports } from '../../runs/reports';
import { openInBrowser } from '../browser';
import { shownPath } from '../diagnostics';
import { EXPERIMENT_ARGUMENT, prepareOrTell } from '../experiment';
import { EXIT, UsageError } from '../exit';
import { print, tell } from '../output';
import type { Verb } from '../verb';
import { resultLines } from '../resultLines';

interface ReportFlags {
  open?: true;
  json?: true;
  markdown?: true;
  out?: string;
}

export const reportCommand: Verb = (program, end) => {
  program
    .command('report')
    .description('Writes summary.json and report.html anew from the run folders, and prints the table.')
    .argument('<experiment>', EXPERIMENT_ARGUMENT)
    .option('--open', 'show the report in a browser')
    .option('--json', 'print the summary as JSON')
    .option('--markdown', 'print the answer as Markdown, for a pull request')
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
      if (json && flags.markdown) throw new UsageError('Give --json or --markdown, not both.');
      if (out !== undefined && !json && !flags.markdown)
        throw new UsageError('--out takes what --markdown or --json gives: add one of them.');
      const ready = await prepareOrTell(argument);
      // On a disk that cannot be written results can be read all the same.
      const summary = await collectSummary(ready);
      const text = json
        ? formatJson(summary)
        : flags.markdown
          ? markdown(summary, await howToRepeat(ready, ready.experiment))
          : null;
      if (out !== undefined && text !== null) {
        writeAtomic(resolve(out), text);
        tell(`Wrote ${shownPath(resolve(out))}.`);
      } else print(...(text === null ? resultLines(summary) : [text.trimEnd()]));
      const { report } = await writeReports(ready);
      if (text === null) print('', `Report: ${shownPath(report)}`);
      if (open) openInBrowser(report);
      end(EXIT.done);
    });
};
