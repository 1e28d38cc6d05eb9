import { UserError } from '../config/errors';
import type { DataSet } from '../data/dataSet';
import { loadData } from '../data/load';
import { splitRows } from '../data/split';
import type { Parts } from '../data/split';
import type { RunFile } from '../runs/files';

/** The data of a run and the rows of its parts. @throws UserError where they are not what the run was planned with */
export async function openData(
  run: RunFile,
  root: string,
  load = loadData,
): Promise<{ data: DataSet; parts: Parts }> {
  const { config, hash } = run.data;
  const data = await load(config, root);
  try {
    checkHash(data.hash, hash, config.source);
    return { data, parts: splitRows(data.labels, data.classes.length, config.split) };
  } catch (error) {
    data.inputs.close();
    throw error;
  }
}

function checkHash(now: string, planned: string, source: string): void {
  if (now !== planned) {
    const short = (text: string) => `${text.slice(0, 4)}…`;
    throw new UserError(
      `The data (${source}) changed since this run was planned (${short(planned)} → ${short(now)}). Going on would mix two data sets: run the experiment again, which starts new runs.`,
    );
  }
}
