import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PlanFile } from './files';
import { absoluteFolder, readPlan } from './folder';
import { experimentFiles } from './layout';
import { isHeld } from './lease';
import type { Located } from './locate';
import { isOrphan } from './ownership';
import { runStatus } from './status';

/**
 * The other experiments of a root that need its cache of soft targets now: one that is running, or waits for what another
 * trains, and one that was begun and has students left to train from it. Names, sorted.
 */
export async function otherCacheUsers({ root, runsFolder }: Located): Promise<string[]> {
  const parent = dirname(runsFolder);
  const users: string[] = [];
  for (const name of (await readdir(parent).catch(() => [])).sort()) {
    const folder = join(parent, name);
    const files = experimentFiles(folder);
    if (folder === runsFolder || !(existsSync(files.plan) || existsSync(files.runner))) continue;
    const { value: plan } = await readPlan(folder);
    if ((await isHeld(files.runner)) || (plan !== null && (await isLeft(root, plan)))) users.push(name);
  }
  return users;
}

async function isLeft(root: string, plan: PlanFile): Promise<boolean> {
  const cached = new Set(plan.items.flatMap(({ kind, id }) => (kind === 'softTargets' ? id : [])));
  const students = plan.items.filter(
    ({ waitsFor, ended }) => ended === undefined && waitsFor.some((id) => cached.has(id)),
  );
  const states = await Promise.all(students.map((item) => runStatus(absoluteFolder(root, item))));
  return states.some(({ status }) => status !== 'finished') && !(await isOrphan(root, plan));
}
