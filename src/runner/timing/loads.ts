import { sha256 } from '../../runs/identity';
import type { Plan, RunDraft } from '../../runs/plan';

/** Trainings of one shape: what a step of them costs is the same. */
export interface Load {
  key: string;
  /** One of them. */
  draft: RunDraft;
  runs: number;
  /** Of all of them together. */
  steps: number;
}

/** What a plan trains, by shape. */
export function loadsOf({ drafts }: Pick<Plan, 'drafts'>): Load[] {
  const loads = new Map<string, Load>();
  for (const draft of drafts.values()) {
    if (draft.steps === 0) continue;
    const { network, training, method, data, transferSet } = draft;
    const examples = transferSet === 'all' ? data.counts.train : data.counts.labelled;
    const key = sha256({
      network,
      inputShape: data.inputShape,
      classes: data.classes.length,
      batchSize: Math.min(training.batchSize, examples),
      optimizer: training.optimizer.type,
      method: method.id,
    });
    const load = loads.get(key) ?? { key, draft, runs: 0, steps: 0 };
    loads.set(key, { ...load, runs: load.runs + 1, steps: load.steps + draft.steps });
  }
  return [...loads.values()];
}
