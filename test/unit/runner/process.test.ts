import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { startTrainer } from '../../../src/runner/process';

const folder = mkdtempSync(join(tmpdir(), 'distillery-process-'));
afterAll(() => rmSync(folder, { recursive: true }));
const script = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return { trainerPath: file, nodeArguments: [] };
};
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    // A zombie that nobody has waited for is as good as gone.
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

it('gives code, lines and arguments', async () => {
  const command = script('plain.cjs', 'console.log(process.argv[2]); console.error("why"); process.exit(5)');
  const lines: string[] = [];
  const { ended } = startTrainer(command, ['self-test'], (line, from) => lines.push(`${from}: ${line}`));
  expect(await ended).toEqual({ code: 5, signal: null, stderr: ['why'] });
  expect(lines.sort()).toEqual(['stderr: why', 'stdout: self-test']);
});

it('ends the whole tree, grandchildren that outlive their parent included', async () => {
  const grandchild = 'setInterval(() => {}, 1000)';
  const middle = `const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], { stdio: 'inherit' });
    console.log(child.pid); child.unref();`;
  const command = script(
    'tree.cjs',
    `const { spawn } = require('node:child_process');
     spawn(process.execPath, ['-e', ${JSON.stringify(middle)}], { stdio: 'inherit' });
     spawn(process.execPath, ['-e', ${JSON.stringify(`console.log(process.pid); ${grandchild}`)}], { stdio: 'inherit' });
     setInterval(() => {}, 1000);`,
  );
  const pids: number[] = [];
  const trainer = startTrainer(command, [], (line) => pids.push(Number(line)));
  while (pids.length < 2) await sleep(20);
  expect(pids.every(isAlive)).toBe(true);
  await trainer.kill();
  expect((await trainer.ended).signal).toBe('SIGKILL');
  for (let i = 0; i < 1_000 && pids.some(isAlive); i++) await sleep(20);
  expect(pids.filter(isAlive)).toEqual([]);
});

it('does not wait for a grandchild that holds the pipes open', async () => {
  const command = script(
    'holds.cjs',
    `const { spawn } = require('node:child_process');
     const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)'], { stdio: 'inherit' });
     console.log(child.pid); child.unref();`,
  );
  let pid = 0;
  const { ended } = startTrainer(command, [], (line) => (pid = Number(line)));
  expect(await ended).toMatchObject({ code: 0 });
  process.kill(pid, 'SIGKILL');
});
