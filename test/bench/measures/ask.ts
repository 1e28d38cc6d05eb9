import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cores, root } from '../contenders';
import type { Question } from './main';

const run = promisify(execFile);
const TIMEOUT = 20 * 60_000;

/** Puts a question to a process of its own. @throws Error with what that said */
export async function ask<T>(folder: string, question: Question): Promise<T> {
  const program = join(__dirname, 'measures.js');
  const env = { ...process.env, TF_NUM_INTRAOP_THREADS: String(cores), TF_CPP_MIN_LOG_LEVEL: '2' };
  try {
    const { stdout } = await run(process.execPath, [program, folder, JSON.stringify(question)], {
      ...{ cwd: root, env, timeout: TIMEOUT, maxBuffer: 2 ** 26 },
    });
    return JSON.parse(stdout.trim().split('\n').at(-1)!) as T;
  } catch (error) {
    const { stderr, signal } = error as { stderr?: string; signal?: string };
    throw new Error(stderr?.trim().split('\n').at(-1) || signal || String(error));
  }
}
