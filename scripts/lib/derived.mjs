// Derived files: written, or with --check compared with the existing ones.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';
import { root } from './setup.mjs';

/** The exports of some TypeScript, bundled on the fly; `source` is a module that stands in the repository's root. */
export async function importTypeScript(source) {
  const folder = await mkdtemp(join(root, 'node_modules', '.derived-'));
  const outfile = join(folder, 'bundle.mjs');
  try {
    await build({
      stdin: { contents: source, resolveDir: root, loader: 'ts' },
      absWorkingDir: root,
      bundle: true,
      platform: 'node',
      format: 'esm',
      mainFields: ['module', 'main'],
      // For CommonJS modules in the bundle.
      banner: {
        js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
      },
      outfile,
      logLevel: 'warning',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Formatted by Prettier. */
export async function pretty(path, text) {
  return format(text, { ...(await resolveConfig(join(root, path))), filepath: path });
}

/** Writes each text to its path, or names those that differ and sets the exit code. */
export async function writeOrCheck(files, command) {
  const check = process.argv.includes('--check');
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path);
    const before = await readFile(file, 'utf8').catch(() => null);
    if (before === text) continue;
    if (check) {
      console.error(`${path} is not what the source says: run \`${command}\`.`);
      process.exitCode = 1;
    } else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      console.log(`wrote ${path}`);
    }
  }
}
