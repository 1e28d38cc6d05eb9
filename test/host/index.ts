import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, inspect } from 'node:util';
import Mocha from 'mocha';
import { version } from 'vscode';

/**
 * Called by VS Code inside its extension host: runs every suite in this folder. Output goes to files, since the editor itself
 * writes a lot to the console.
 */
export async function run(): Promise<void> {
  const lines: string[] = [`VS Code ${version}, Node.js ${process.versions.node}`];
  Mocha.reporters.Base.consoleLog = (...words: unknown[]) => lines.push(format(...words));
  try {
    const { passes, failures, pending } = await runSuites();
    writeFileSync(join(__dirname, 'results.json'), JSON.stringify({ passes, failures, pending }));
    if (failures > 0) throw new Error(`${failures} tests failed in the extension host.`);
  } catch (error) {
    lines.push(inspect(error));
    throw error;
  } finally {
    writeFileSync(join(__dirname, 'report.txt'), lines.join('\n'));
  }
}

function runSuites(): Promise<Mocha.Stats> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false, reporter: 'spec' });
  for (const file of readdirSync(__dirname).sort())
    if (file.endsWith('.test.js')) mocha.addFile(join(__dirname, file));
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      if (runner.stats) resolve(runner.stats);
    });
  });
}
