import { spawn } from 'node:child_process';
import { collectSummary } from '../../runs/collect';
import { writeReports } from '../../runs/reports';
import { shownPath } from '../diagnostics';
import { EXPERIMENT_ARGUMENT, prepareOrTell } from '../experiment';
import { EXIT } from '../exit';
import { print, printJson } from '../output';
import type { Verb } from '../verb';
import { resultLines } from '../resultLines';

export const reportCommand: Verb = (program, end) => {
  program
    .command('report')
    .description('Writes summary.json and report.html anew from the run folders, and prints the table.')
    .argument('<experiment>', EXPERIMENT_ARGUMENT)
    .option('--open', 'show the report in a browser')
    .option('--json', 'print the summary as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  distillery report experiments/few-labels --open\n  distillery report few-labels.distill.json --json',
    )
    .action(async (argument: string, { open, json }: { open?: true; json?: true }) => {
      const ready = await prepareOrTell(argument);
      // On a disk that cannot be written results can be read all the same.
      const summary = await collectSummary(ready);
      if (json) printJson(summary);
      else print(...resultLines(summary));
      const { report } = await writeReports(ready);
      if (!json) print('', `Report: ${shownPath(report)}`);
      if (open) openInBrowser(report);
      end(EXIT.done);
    });
};

/** The system's own way to open a file; where there is none, the path that was printed must do. */
function openInBrowser(file: string): void {
  const [command, args] =
    process.platform === 'win32'
      ? ['cmd', ['/c', 'start', '', file]]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', [file]];
  const opener = spawn(command, args, { detached: true, stdio: 'ignore' });
  opener.on('error', () => undefined);
  opener.unref();
}
