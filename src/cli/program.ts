import { Command } from 'commander';
import { version } from '../../package.json';
import { checkCommand } from './commands/check';
import { cleanCommand } from './commands/clean';
import { compareCommand } from './commands/compare';
import { enginesCommand } from './commands/engines';
import { exportCommand } from './commands/export';
import { methodsCommand } from './commands/methods';
import { newCommand } from './commands/new';
import { planCommand } from './commands/plan';
import { duplicateCommand, renameCommand } from './commands/rename';
import { reportCommand } from './commands/report';
import { resumeCommand } from './commands/resume';
import { runCommand } from './commands/run';
import { setupCommand } from './commands/setup';
import { stopCommand } from './commands/stop';
import { temperatureCommand } from './commands/temperature';
import { EXIT_HELP, type ExitCode, type RegisterCommand } from './command';

const commands: readonly RegisterCommand[] = [
  newCommand,
  checkCommand,
  planCommand,
  runCommand,
  resumeCommand,
  stopCommand,
  reportCommand,
  compareCommand,
  temperatureCommand,
  exportCommand,
  enginesCommand,
  setupCommand,
  methodsCommand,
  renameCommand,
  duplicateCommand,
  cleanCommand,
];

export function buildProgram(end: (code: ExitCode) => void): Command {
  const program = new Command('distillery')
    .description('Train a small network with the help of a large one, and measure whether it helped.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('Try --help.')
    .addHelpText('after', `${EXIT_HELP}\n\nStart with: distillery new --in my-project`);
  for (const register of commands) register(program, end);
  // The help of each command is complete without that of others.
  for (const command of program.commands) command.addHelpText('after', EXIT_HELP);
  return program;
}
