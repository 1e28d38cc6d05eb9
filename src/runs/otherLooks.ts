import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Experiment } from '../config/resolved';
import { isSameTest, type TestSet } from '../results/promise';
import type { OtherLooks } from '../results/input';
import { readLooks } from './jsonLines';

/** How often each other experiment of the same runs folder opened the same test set. */
export async function readOtherLooks(
  { runsFolder }: Pick<Experiment, 'runsFolder'>,
  test: TestSet,
): Promise<OtherLooks[]> {
  const parent = dirname(runsFolder);
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  const others = entries.filter((entry) => entry.isDirectory() && entry.name !== basename(runsFolder));
  const found = await Promise.all(
    others.map(async ({ name }) => {
      const looks = await readLooks(join(parent, name));
      const same = looks.filter(({ promise }) => promise !== undefined && isSameTest(promise, test));
      return { experiment: name, looks: same.length };
    }),
  );
  return found.filter(({ looks }) => looks > 0);
}
