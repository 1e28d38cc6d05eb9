import { z } from 'zod';
import type { SpecialistsConfig } from './specialists';

/** Teachers that answer together (Hinton, Vinyals, Dean 2015, §1: “a cumbersome model could be an ensemble”). */
export const ensembleSchema = z.strictObject({
  members: z
    .union([z.int().min(2), z.array(z.string().min(1)).min(2)])
    .describe(
      'How many: this network, with seeds from seed on. Or paths of *.teacher.json files, relative to this one.',
    ),
  average: z
    .enum(['probabilities', 'logits'])
    .default('probabilities')
    .describe(
      'What the answer is a mean of: the members’ probabilities at T 1 (arithmetic), or their logits (the geometric mean of probabilities).',
    ),
});

export type EnsembleConfig = z.output<typeof ensembleSchema>;

/** What a teacher file that says `ensemble` or `specialists` must not say too; null where it contradicts nothing. */
export function contradiction(teacher: {
  ensemble?: EnsembleConfig | undefined;
  specialists?: SpecialistsConfig | undefined;
  layers?: unknown;
  model?: unknown;
  inputs?: unknown;
  perSeed: boolean;
}): { message: string; key: 'layers' | 'model' | 'inputs' | 'perSeed' | 'ensemble' } | null {
  const { ensemble, specialists, layers, model, inputs, perSeed } = teacher;
  if (ensemble === undefined && specialists === undefined) return null;
  if (ensemble !== undefined && specialists !== undefined)
    return { message: 'A teacher is an ensemble or has specialists: give one of the two.', key: 'ensemble' };
  const named = specialists !== undefined || Array.isArray(ensemble?.members);
  const networks = specialists
    ? 'Specialists have their generalist’s network'
    : 'The members of this ensemble bring their own networks';
  if (perSeed)
    return {
      message: `${specialists ? 'Generalist and specialists are' : 'An ensemble is'} one teacher for all seeds: take perSeed out.`,
      key: 'perSeed',
    };
  if (model !== undefined)
    return {
      message: named
        ? `${networks}: take model out.`
        : 'A saved model is the same for every seed, so an ensemble of it is the model itself: give layers, or name the files of the members.',
      key: 'model',
    };
  if (named && layers !== undefined)
    return {
      message: `${networks}: take layers out.`,
      key: 'layers',
    };
  if (named && inputs !== undefined)
    return {
      message: `${networks}, each with inputs of its own: take inputs out.`,
      key: 'inputs',
    };
  return null;
}
