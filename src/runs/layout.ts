import { join } from 'node:path';

/** Where files are under a root. The names are defined only here. */
export const layout = {
  rootFile: (root: string) => join(root, 'distillery.json'),
  cache: (root: string) => join(root, '.distillery', 'cache'),
  softTargets: (root: string, key: string) => join(root, '.distillery', 'cache', `${key}.npy`),
};

/** The folder of one experiment's runs. */
export const experimentFiles = (folder: string) => ({
  engine: join(folder, 'engine.json'),
  plan: join(folder, 'plan.json'),
  runner: join(folder, 'runner.json'),
  runnerLog: join(folder, 'runner.log'),
  stop: join(folder, 'stop'),
  looks: join(folder, 'looks.jsonl'),
  facts: join(folder, 'facts.json'),
  summary: join(folder, 'summary.json'),
  report: join(folder, 'report.html'),
});

/** The folder of one run. */
export const runFiles = (folder: string) => ({
  run: join(folder, 'run.json'),
  moved: join(folder, 'moved.json'),
  events: (attempt: number) => join(folder, `events.${attempt}.jsonl`),
  log: (attempt: number) => join(folder, `log.${attempt}.txt`),
  lease: join(folder, 'lease.json'),
  stop: join(folder, 'stop'),
  rungs: join(folder, 'rungs.jsonl'),
  probes: join(folder, 'probes.json'),
  normalization: join(folder, 'normalization.json'),
  checkpoints: join(folder, 'checkpoints'),
  checkpoint: (step: number) => join(folder, 'checkpoints', `${step}.ckpt`),
  /** NPY, float32 [N, C], in the order of the part; labels in a second file, int32 [N]. */
  predictions: (part: 'validation' | 'test') => join(folder, 'predictions', `${part}.npy`),
  labels: (part: 'validation' | 'test') => join(folder, 'predictions', `${part}.labels.npy`),
  model: join(folder, 'model'),
  result: join(folder, 'result.json'),
  specialist: join(folder, 'specialist.json'),
  cost: join(folder, 'cost.json'),
});
