import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { filesOf, membersOf, type Experiment } from '../config/resolved';
import type { ReportExtras } from '../results/report';
import { dataFiles } from '../config/root';
import { modelFiles } from './facts';
import { layout } from './layout';
import type { Prepared } from './prepare';

/**
 * The one command that repeats an experiment elsewhere, on the engine that it was computed by, and the files that it needs
 * as they are now: paths from the root with forward slashes, and their SHA-256.
 */
export async function howToRepeat(
  { file, engine }: Pick<Prepared, 'file' | 'engine'>,
  experiment: Experiment,
): Promise<Pick<ReportExtras, 'command' | 'files'>> {
  const { root, config, teacher, student } = experiment;
  const models = [...membersOf(teacher), student].map((network) => modelFiles(root, network.config.model));
  const shown = (path: string) => relative(root, path).replaceAll('\\', '/');
  const needed = [
    ...filesOf(experiment),
    layout.rootFile(root),
    ...dataFiles(config.data, root),
    ...(await Promise.all(models)).flat(),
  ];
  const there = [...new Set(needed.map((path) => resolve(path)))].filter((path) => existsSync(path));
  const on = engine === null ? '' : ` --engine ${engine.numerics.engine}`;
  return {
    command: `distillery run ${quoted(shown(file))}${on}`,
    files: await Promise.all(
      there.map(async (path): Promise<[string, string]> => [shown(path), await hashOf(path)]),
    ),
  };
}

const quoted = (path: string) => (/^[\w./-]+$/.test(path) ? path : JSON.stringify(path));

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
