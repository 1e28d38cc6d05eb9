import { join, relative, sep } from 'node:path';
import { UserError } from '../../config/errors';
import { experimentPath, freeName, scaffoldExperiment, type Answers } from '../../config/scaffold';
import type { Reader } from '../../data/reader';
import { own } from '../../own';
import { workloadOf, workloadText } from '../../runs/workload';
import { prepare } from '../../runs/prepare';

/** What the experiment would train, planned from the files that would be written; empty if it cannot be planned. */
export async function scaffoldEstimate(folder: string, given: Answers, reader: Reader): Promise<string> {
  const answers = { ...given, name: freeName(folder, given.name) };
  try {
    const files = scaffoldExperiment(answers, folder);
    const prepared = await prepare(join(folder, experimentPath(answers.name)), reader, (file: string) =>
      own(files, relative(folder, file).split(sep).join('/')),
    );
    return prepared.plan === null ? '' : ` ${workloadText(await workloadOf(prepared))}.`;
  } catch (error) {
    if (error instanceof UserError) return '';
    throw error;
  }
}
