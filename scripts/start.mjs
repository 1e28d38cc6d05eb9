// `npm start`: installs what a fresh clone lacks, then runs the quickstart experiment on the command line.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, nodeProblem, root } from './lib/setup.mjs';

const EXPERIMENT = join('samples', 'quickstart', 'few-labels.distill.json');

try {
  const problem = nodeProblem();
  if (problem) throw new Error(problem);
  ensureInstalled();
  ensureBuilt();
  const distillery = spawn(process.execPath, [join(root, 'dist', 'cli.js'), 'run', EXPERIMENT], {
    cwd: root,
    stdio: 'inherit',
  });
  // Ctrl-C reaches the whole process group: the command line handles it, and this process waits for it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => distillery.kill('SIGTERM'));
  distillery.on('exit', (code) => (process.exitCode = code ?? 1));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
