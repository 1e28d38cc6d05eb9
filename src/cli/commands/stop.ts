import { isRunning, stopNow } from '../../runner/stop';
import { DEFAULT_GRACE } from '../../runner/options';
import { locateRuns } from '../../runs/locate';
import { otherOwner } from '../../runs/ownership';
import { EXPERIMENT_ARGUMENT, findExperiment } from '../experiment';
import { EXIT, type RegisterCommand } from '../command';
import { print } from '../output';

const SENTENCES = {
  'by-itself': 'stopped. Resume continues from the checkpoints.',
  killed: 'its processes were ended. Resume continues from the newest checkpoints.',
  elsewhere: 'stop requested. It runs on another machine, which stops when it sees the request.',
};

export const stopCommand: RegisterCommand = (program, end) => {
  program
    .command('stop')
    .description(
      'Stops a running experiment, wherever it was started; every run writes a checkpoint and can be resumed.',
    )
    .argument('<experiment>', EXPERIMENT_ARGUMENT)
    .option('--now', 'end all processes at once, without waiting for checkpoints')
    .addHelpText('after', '\nExample:\n  distillery stop experiments/few-labels')
    .action(async (argument: string, { now }: { now?: true }) => {
      const where = locateRuns(findExperiment(argument));
      const isOwn = (await otherOwner(where)) === null;
      if (!isOwn || !(await isRunning(where))) print(`${where.name} is not running.`);
      // A little longer than the grace period of the runner, in case the runner itself does not respond.
      else print(`${where.name}: ${SENTENCES[await stopNow(where, now ? 0 : DEFAULT_GRACE + 2)]}`);
      end(EXIT.done);
    });
};
