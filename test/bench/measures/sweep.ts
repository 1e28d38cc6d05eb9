import { execFile } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../contenders';

/** The quickstart's T × α sweep as a person runs it, beside what its plan had promised. */
export interface SweepTime {
  trainings: number;
  /** Seconds, of the plan and of the clock. */
  estimated: number;
  taken: number;
}

const SWEEP = {
  parameters: { temperature: [1, 2, 4, 8, 20], alpha: [0.5, 0.9, 1] },
};

/** Five temperatures, three α, five seeds, with scratch, the winner again on fresh seeds, and the test set. */
export async function sweepTime(folder: string): Promise<SweepTime> {
  const sample = join(root, 'samples', 'quickstart');
  for (const file of ['mlp-16.student.json', 'mlp-256.teacher.json'])
    copyFileSync(join(sample, file), join(folder, file));
  const written = readFileSync(join(sample, 'few-labels.distill.json'), 'utf8');
  const text = written.replace(
    '"seeds": 5',
    `"seeds": 5, "engine": "portable", "sweep": ${JSON.stringify(SWEEP)}`,
  );
  const file = join(folder, 'sweep.distill.json');
  writeFileSync(file, text);
  const distillery = async (...words: string[]) => {
    const all = [join(root, 'dist', 'cli.js'), ...words, file, '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, all, { maxBuffer: 2 ** 28 });
    return JSON.parse(stdout) as { secondsLeft: number; planned: { runs: number } };
  };
  const { secondsLeft } = await distillery('plan');
  const begun = performance.now();
  const { planned } = await distillery('run');
  return { trainings: planned.runs, estimated: secondsLeft, taken: (performance.now() - begun) / 1000 };
}
