// `npm run workbench [folder]`: a real VS Code in the browser, with Distillery installed and the samples open.
import { resolve } from 'node:path';
import { startServer } from '../test/vscode/server.mjs';
import { ensureInstalled, nodeProblem, root } from './lib/setup.mjs';
import { packageExtension } from './package.mjs';

const folder = resolve(root, process.argv[2] ?? 'samples');

try {
  const problem = nodeProblem();
  if (problem) throw new Error(problem);
  ensureInstalled();
  const server = await startServer({ vsix: packageExtension() });
  console.log(`\nVS Code with Distillery, open on ${folder}:\n\n  ${server.address({ folder })}\n`);
  console.log('Trainings write their runs/ folder there, as `npm start` does. Ctrl-C ends all of it.');
  // Ignore a second Ctrl-C during shutdown.
  let ending = false;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      void server.stop().then(() => process.exit(0));
    });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
