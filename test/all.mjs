// `npm test`: installs what a fresh clone lacks, runs every stage, and ends with one line `N passed, N failed`.
// `npm test -- --only unit,host` runs some of them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasCompiler } from '../scripts/lib/kernels.mjs';
import { ensureGpu, ensureNative } from '../scripts/lib/engines.mjs';
import { ensureBuilt, ensureInstalled, nodeProblem, root } from '../scripts/lib/setup.mjs';
import { ensureChromium, findChromium } from './browser.mjs';
import { ensureCompiler } from './compiler.mjs';

/**
 * A stage without a results file counts as one test.
 * @typedef {object} Stage
 * @property {string} name
 * @property {string[][]} commands Node.js scripts with their arguments
 * @property {Need} [needs] the stage is skipped without it; in CI that is a failure
 * @property {Results} [results]
 */
/** @typedef {{ name: string, isHere: () => boolean }} Need */
/**
 * The file in which a stage writes its counts, and their names.
 * @typedef {{ file: string, passed: string[], failed: string[], skipped: string[] }} Results
 */
/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const STAGE_LIMIT = 25 * 60_000;
const CI = Boolean(process.env.CI) && process.env.CI !== 'false';
const folder = join(root, 'test-results');
/** @type {Need} */
const chromium = { name: 'Chromium', isHere: () => Boolean(findChromium()) };
const bin = (/** @type {string} */ path) => join(root, 'node_modules', path);

/** @param {'page' | 'workbench'} project */
const playwright = (project) => ({
  needs: chromium,
  commands: [
    [
      bin('@playwright/test/cli.js'),
      ...['test', '--config', 'test/e2e', '--project', project, '--reporter', 'list,json'],
    ],
  ],
  results: {
    file: `${project}.json`,
    passed: ['expected'],
    failed: ['unexpected', 'flaky'],
    skipped: ['skipped'],
  },
});

/** @type {Stage[]} */
const stages = [
  { name: 'format', commands: [[bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']] },
  {
    name: 'lint',
    commands: [
      [bin('eslint/bin/eslint.js'), '--max-warnings', '0', '.'],
      [
        bin('dependency-cruiser/bin/dependency-cruise.mjs'),
        '--config',
        '.dependency-cruiser.cjs',
        'src',
        'webview',
      ],
    ],
  },
  { name: 'types', commands: [[bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json']] },
  {
    name: 'derived',
    commands: [
      ['scripts/schemas.mjs', '--check'],
      ['scripts/docs.mjs', '--check'],
    ],
  },
  {
    name: 'kernels',
    needs: { name: 'clang-16', isHere: hasCompiler },
    commands: [['scripts/kernels.mjs', '--check']],
  },
  {
    name: 'unit',
    commands: [
      [
        bin('vitest/vitest.mjs'),
        'run',
        ...['--reporter', 'default', '--reporter', 'json'],
        ...['--outputFile.json', join(folder, 'unit.json')],
      ],
    ],
    results: {
      file: 'unit.json',
      passed: ['numPassedTests'],
      failed: ['numFailedTests'],
      skipped: ['numPendingTests', 'numTodoTests'],
    },
  },
  { name: 'package', commands: [['test/package.mjs']] },
  {
    name: 'host',
    needs: chromium,
    commands: [['test/host/launch.mjs']],
    results: { file: 'host/results.json', passed: ['passes'], failed: ['failures'], skipped: ['pending'] },
  },
  { name: 'page', ...playwright('page') },
  { name: 'e2e', ...playwright('workbench') },
];

/**
 * @param {Stage} stage
 * @returns {Counts}
 */
function runStage({ name, commands, needs, results }) {
  console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`);
  if (needs && !needs.isHere() && !CI) {
    console.log(`Skipped: ${needs.name} is not installed. (With CI=true this is a failure.)`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const started = Date.now();
  const file = join(folder, results?.file ?? '');
  if (results) rmSync(file, { force: true });
  const succeeded = commands
    .map(
      ([script = '', ...args]) =>
        spawnSync(process.execPath, [script, ...args], {
          cwd: root,
          stdio: ['ignore', 'inherit', 'inherit'],
          env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
          timeout: STAGE_LIMIT,
        }).status === 0,
    )
    .every(Boolean);
  const counts = results
    ? counted(succeeded, file, results)
    : { passed: Number(succeeded), failed: Number(!succeeded), skipped: 0 };
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed${skipped}, ${seconds} s`);
  return counts;
}

/**
 * The counts in the report of a stage. A failure outside any test (for example a file that does not load) counts as one, and
 * so does an empty report.
 * @param {boolean} succeeded
 * @param {string} file
 * @param {Results} results
 * @returns {Counts}
 */
function counted(succeeded, file, results) {
  /** @type {Record<string, number>} */
  let numbers = {};
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    numbers = report.stats ?? report;
  } catch {
    console.log(`No report at ${file}.`);
  }
  const sum = (/** @type {string[]} */ names) =>
    names.reduce((total, name) => total + (numbers[name] ?? 0), 0);
  const skipped = sum(results.skipped);
  const passed = sum(results.passed);
  const failures = sum(results.failed) + (CI ? skipped : 0);
  const unsaid = failures === 0 && (!succeeded || passed === 0) ? 1 : 0;
  return { passed, failed: failures + unsaid, skipped };
}

/** @param {string[]} args */
function wanted(args) {
  if (args.length === 0) return stages;
  const names = args[0] === '--only' ? (args[1]?.split(',') ?? []) : [];
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (names.length === 0 || unknown.length > 0)
    throw new Error(
      `Expected --only and stages, such as: --only ${stages.map(({ name }) => name).join(',')}`,
    );
  return stages.filter(({ name }) => names.includes(name));
}

/** @returns {Counts[]} of the build, which counts as a test, and of the engines */
function setUp() {
  const problem = nodeProblem();
  if (problem) throw new Error(problem);
  ensureInstalled();
  mkdirSync(folder, { recursive: true });
  // Without the native or the GPU engine their tests are skipped; in CI each is a failure.
  return [
    attempt(ensureBuilt),
    attempt(ensureChromium, false),
    attempt(ensureCompiler, false),
    attempt(ensureNative, CI),
    attempt(ensureGpu, CI),
  ];
}

/**
 * @param {() => void} action
 * @param {boolean} [counts] whether success counts as a test
 * @returns {Counts}
 */
function attempt(action, counts = true) {
  try {
    action();
    return { passed: Number(counts), failed: 0, skipped: 0 };
  } catch (error) {
    console.log(sentence(error));
    return { passed: 0, failed: Number(counts), skipped: 0 };
  }
}

/** @param {unknown} error */
const sentence = (error) => (error instanceof Error ? error.message : String(error));

/** @returns {Counts[]} */
function runAll() {
  try {
    const chosen = wanted(process.argv.slice(2));
    return [...setUp(), ...chosen.map(runStage)];
  } catch (error) {
    console.error(sentence(error));
    return [{ passed: 0, failed: 1, skipped: 0 }];
  }
}

const all = runAll();
const passed = all.reduce((sum, counts) => sum + counts.passed, 0);
const failed = all.reduce((sum, counts) => sum + counts.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
