import { join } from 'node:path';
import { ENGINES } from '../../config/numerics';
import { adviceOn, type SelfTestResult } from '../../engines/select';
import { chooseNode } from '../../runner/node';
import { plural } from '../../results/format';
import { createSelfTest } from '../../runner/selfTest';
import { EXIT, type RegisterCommand } from '../command';
import { print, printJson } from '../output';

export const enginesCommand: RegisterCommand = (program, end) => {
  program
    .command('engines')
    .description(
      'Tests which engines work here: each trains a small network in its own process, and multiplies matrices for two seconds.',
    )
    .option('--json', 'a list with engine, ok, reason, numerics and gflops')
    .addHelpText('after', '\nExample:\n  distillery engines')
    .action(async ({ json }: { json?: true }) => {
      const runtime = await chooseNode();
      const command = { trainerPath: join(__dirname, 'trainer.js'), nodeArguments: [], runtime };
      const selfTest = createSelfTest(command, () => undefined, { measure: true });
      const outcomes = [];
      for (const engine of ENGINES) outcomes.push(await selfTest(engine));
      if (json) printJson(outcomes);
      else print(...outcomes.map(line));
      end(outcomes.some((outcome) => outcome.ok) ? EXIT.done : EXIT.failed);
    });
};

function line(outcome: SelfTestResult): string {
  if (!outcome.ok) return `missing  ${outcome.engine}: ${outcome.reason}${adviceOn(outcome.engine)}`;
  const { engine, numerics, gflops, reason } = outcome;
  const threads = plural(numerics.threads, 'thread');
  const speed =
    gflops === undefined ? '' : `, ${gflops < 10 ? gflops.toPrecision(2) : Math.round(gflops)} GFLOPS`;
  return `works    ${engine} (TensorFlow.js ${numerics.version}, ${numerics.variant}, ${threads}${speed}): ${reason}`;
}
