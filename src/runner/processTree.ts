import { readdirSync, readFileSync } from 'node:fs';
import treeKill from 'tree-kill';

/**
 * Ends a process that leads its group, and all that came from it, at once. On Linux the tree is read from /proc, since
 * tree-kill needs `ps`, which small containers lack; the group catches grandchildren whose parent is gone already.
 */
export async function killTree(pid: number): Promise<void> {
  if (!Number.isInteger(pid) || pid <= 1) throw new Error(`Not a process to end: ${pid}.`);
  if (process.platform === 'linux') for (const one of [pid, ...descendants(pid)]) kill(one);
  else await new Promise<void>((resolve) => treeKill(pid, 'SIGKILL', () => resolve()));
  if (process.platform !== 'win32') kill(-pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already, or (as a group) never there.
  }
}

function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const parent = Number.isInteger(pid) ? parentOf(pid) : null;
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found: number[] = [];
  for (let queue = [root]; queue.length > 0;) {
    queue = queue.flatMap((pid) => children.get(pid) ?? []);
    found.push(...queue);
  }
  return found;
}

/** The fourth field of /proc/<pid>/stat; the second, the name, may hold anything but ends with the last bracket. */
function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}
