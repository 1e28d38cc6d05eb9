import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { codeOf } from './atomic';

/** Whether a process with this number is there, ours or not. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/**
 * What the system says of when the process started: with the number it names a process for good, since numbers are used
 * again. Null where the system does not say, "ended" for one that is gone or is a zombie.
 */
export async function processStart(pid: number): Promise<string | null> {
  try {
    if (process.platform === 'linux') return await linuxStart(pid);
    if (process.platform === 'darwin') return await ps(pid);
    return null;
  } catch {
    // It may have ended since it was seen.
    return processExists(pid) ? null : 'ended';
  }
}

async function linuxStart(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The second field is the name in brackets, which may hold anything: count from behind it. See proc_pid_stat(5).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  if (state === 'Z' || state === 'X') return 'ended';
  const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  return `${boot} ${fields[19]}`;
}

async function ps(pid: number): Promise<string | null> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], {
    env: { ...process.env, LC_ALL: 'C' },
  });
  return stdout.trim() || null;
}
