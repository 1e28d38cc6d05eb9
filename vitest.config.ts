import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { softwareGpu } from './test/softwareGpu.mjs';

// The processes that tests run in begin with it: libraries are looked for where it says when a process begins.
Object.assign(process.env, softwareGpu());

// TensorFlow.js ships ES modules that Node cannot load by itself (imports without extensions). They are bundled once and kept:
// a test file then starts in a tenth of a second instead of five. All that is imported anywhere is bundled together, so that
// core exists once.
const mainFields = ['module', 'main'];
// The native engine is no module of ours: it is found and loaded by its folder.
const bundled = tensorflowImports('src', 'test/unit').filter(
  (name) => !/\/(tfjs|tfjs-node|package\.json)$/.test(name),
);

export default defineConfig({
  // The editor's module exists inside the editor only: unit tests of the host get a small stand-in.
  resolve: { mainFields, alias: { vscode: join(import.meta.dirname, 'test/unit/host/vscode.ts') } },
  ssr: { resolve: { mainFields } },
  test: {
    include: ['test/unit/**/*.test.ts'],
    globalSetup: 'test/unit/temporary.ts',
    deps: {
      optimizer: {
        ssr: {
          enabled: true,
          include: bundled,
          esbuildOptions: { mainFields, define: { __dirname: 'import.meta.dirname' } },
        },
      },
    },
    // The native and the GPU engine of the tests, where they are set up; never that of the person who runs them.
    env: { DISTILLERY_STORAGE: process.env.DISTILLERY_STORAGE ?? join(import.meta.dirname, 'test/native') },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

function tensorflowImports(...folders: string[]): string[] {
  const files = folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((file) => file.endsWith('.ts'));
  const names = files.flatMap(
    (file) => readFileSync(file, 'utf8').match(/(?<=')@tensorflow\/[\w./-]+(?=')/g) ?? [],
  );
  return [...new Set(names)].sort();
}
