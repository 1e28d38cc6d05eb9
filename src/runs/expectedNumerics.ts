import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Numerics } from '../config/numerics';
import type { Experiment } from '../config/resolved';
import type { EngineFile } from './files';
import { readEngine } from './folder';

/**
 * What an experiment without an engine is expected to compute with: what the newest other experiment with the same request
 * was given. A teacher that they share is then recognized in the plan. The runner chooses the engine itself and plans again.
 *
 * @returns null where no other experiment tells
 */
export async function expectedNumerics({
  config,
  runsFolder,
}: Pick<Experiment, 'config' | 'runsFolder'>): Promise<Numerics | null> {
  const parent = dirname(runsFolder);
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(parent, name));
  const engines = await Promise.all(folders.map(async (folder) => (await readEngine(folder)).value));
  const fitting = engines
    .filter((engine) => engine !== null)
    .filter((engine) =>
      config.engine === 'auto' ? isAutomatic(engine) : engine.numerics.engine === config.engine,
    );
  return fitting.toSorted((a, b) => b.time.localeCompare(a.time))[0]?.numerics ?? null;
}

/** The automatic choice tries the native engine first, and then others. */
const isAutomatic = ({ tried }: EngineFile): boolean => tried[0]?.engine === 'native';
