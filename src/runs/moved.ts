import { isDeepStrictEqual } from 'node:util';
import { discard, writeJson } from './atomic';
import { SCHEMA_VERSION, type MovedFile } from './files';
import { absoluteFolder, readFirstRunFile, readMoved } from './folder';
import { runFiles } from './layout';
import type { Plan, RunDraft } from './plan';

/**
 * Tells the runs that were begun where their data, their saved model and their teacher are now, as the files of the
 * experiment name them: run.json is written once, and a run keeps its identity when what it reads is moved.
 */
export async function noteMoves(
  root: string,
  { items, drafts }: Pick<Plan, 'items' | 'drafts'>,
): Promise<void> {
  for (const item of items) {
    const draft = drafts.get(item.id);
    if (draft !== undefined) await noteMove(absoluteFolder(root, item), draft);
  }
}

async function noteMove(folder: string, draft: RunDraft): Promise<void> {
  const { value: run } = await readFirstRunFile(folder);
  if (run === null || run.identity !== draft.identity) return;
  const { value: noted } = await readMoved(folder);
  const now = pathsOf(draft);
  if (isDeepStrictEqual(now, noted ?? pathsOf(run))) return;
  const { moved } = runFiles(folder);
  if (isDeepStrictEqual(now, pathsOf(run))) discard(moved);
  else writeJson(moved, now);
}

/** As JSON has it: without keys whose value is undefined. */
function pathsOf({ root, data, network, teacher, ensemble, specialist }: RunDraft): MovedFile {
  const paths = { root, data: { config: data.config }, network, teacher, ensemble, specialist };
  return JSON.parse(JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...paths })) as MovedFile;
}
