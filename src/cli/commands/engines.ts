import { join } from 'node:path';
import type { EngineId } from '../../config/numerics';
import { probeWith } from '../../runner/probe';
import { EXIT } from '../exit';
import { print, printJson } from '../output';
import type { Verb } from '../verb';

const ENGINES: readonly EngineId[] = ['native', 'portable', 'plain'];

export const enginesCommand: Verb = (program, end) => {
  program
    .command('engines')
    .description('Tries what can compute here: each engine trains a small network in a process of its own.')
    .option('--json', 'a list with engine, ok, reason and numerics')
    .addHelpText('after', '\nExample:\n  distillery engines')
    .action(async ({ json }: { json?: true }) => {
      const probe = probeWith(
        { trainerPath: join(__dirname, 'trainer.js'), nodeArguments: [] },
        () => undefined,
      );
      const outcomes = [];
      for (const engine of ENGINES) outcomes.push(await probe(engine));
      if (json) printJson(outcomes);
      else
        for (const outcome of outcomes) {
          const version = outcome.ok
            ? ` (TensorFlow.js ${outcome.numerics.version}, ${outcome.numerics.variant})`
            : '';
          print(`${outcome.ok ? 'works  ' : 'missing'}  ${outcome.engine}${version}: ${outcome.reason}`);
        }
      end(outcomes.some((outcome) => outcome.ok) ? EXIT.done : EXIT.failed);
    });
};
