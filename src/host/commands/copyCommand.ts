import { env, l10n, window } from 'vscode';
import { chooseNode } from '../../runner/node';
import { inDist, type Host } from '../host';
import { settings } from '../settings';
import { inPlan } from '../store/views';
import { resolveExperiment, runsOfArm, targetIn } from './resolveTarget';

/** Copies a command line that does the same in a terminal. */
export async function copyCommand(host: Host, argument: unknown): Promise<void> {
  const view = await resolveExperiment(host, argument, (one) => one.runnable);
  if (!view) return;
  const target = targetIn(argument);
  const runs =
    target?.run === undefined
      ? target?.arm === undefined
        ? []
        : runsOfArm(view, target.arm)
      : view.runs.filter((run) => run.id === target.run);
  const node = await chooseNode(settings().nodePath);
  const line = commandLine(
    [
      node.path,
      inDist(host.context, 'cli.js'),
      'run',
      view.key,
      ...runs.filter(inPlan).flatMap((run) => ['--only', run.planId ?? '']),
    ],
    node.environment['ELECTRON_RUN_AS_NODE'] === '1',
  );
  await env.clipboard.writeText(line);
  window.setStatusBarMessage(l10n.t('Copied: {0}', line), 8000);
}

/**
 * A line for bash, zsh and fish, or for PowerShell and cmd on Windows. Electron behaves as Node only if an environment variable
 * says so.
 */
export function commandLine(
  words: readonly string[],
  electron: boolean,
  platform: NodeJS.Platform = process.platform,
): string {
  const windows = platform === 'win32';
  const quote = windows ? quoteForWindows : quoteForShell;
  const line = words.map(quote).join(' ');
  if (!electron) return windows && line.startsWith('"') ? `& ${line}` : line;
  return windows ? `$env:ELECTRON_RUN_AS_NODE=1; & ${line}` : `ELECTRON_RUN_AS_NODE=1 ${line}`;
}

const plain = /^[\w@%+=:,./-]+$/;
const quoteForShell = (word: string) => (plain.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
const quoteForWindows = (word: string) => (/^[\w@%+=:,./\\-]+$/.test(word) ? word : `"${word}"`);
