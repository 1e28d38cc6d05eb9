import { z } from 'zod';

/** Teachers that answer together (Hinton, Vinyals, Dean 2015, §1: “a cumbersome model could be an ensemble”). */
export const ensembleSchema = z.strictObject({
  members: z
    .union([z.int().min(2), z.array(z.string().min(1)).min(2)])
    .describe(
      'A number: so many copies of this network, with consecutive seeds starting at seed. Or a list: paths of *.teacher.json files, relative to this one.',
    ),
  average: z
    .enum(['probabilities', 'logits'])
    .default('probabilities')
    .describe(
      'What is averaged: the members’ probabilities at T 1 (arithmetic mean), or their logits (geometric mean of the probabilities).',
    ),
});

export type EnsembleConfig = z.output<typeof ensembleSchema>;

/** The key of a teacher file that conflicts with its `ensemble` or `specialists`; null if there is no conflict. */
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
    return {
      message: 'A teacher can be an ensemble or have specialists, not both: remove one of the two.',
      key: 'ensemble',
    };
  const named = specialists !== undefined || Array.isArray(ensemble?.members);
  const networks = specialists
    ? 'Specialists use the generalist’s network'
    : 'The members of this ensemble define their own networks';
  if (perSeed)
    return {
      message: `${specialists ? 'Generalist and specialists are' : 'An ensemble is'} one teacher for all seeds: remove perSeed.`,
      key: 'perSeed',
    };
  if (model !== undefined)
    return {
      message: named
        ? `${networks}: remove model.`
        : 'A saved model is the same for every seed, so an ensemble of copies would be the model itself: give layers, or list the files of the members.',
      key: 'model',
    };
  if (named && layers !== undefined)
    return {
      message: `${networks}: remove layers.`,
      key: 'layers',
    };
  if (named && inputs !== undefined)
    return {
      message: `${networks}, each with its own inputs: remove inputs.`,
      key: 'inputs',
    };
  return null;
}

/** A generalist with specialists for classes that it confuses (Hinton, Vinyals, Dean 2015, §5). */
export const specialistsSchema = z.strictObject({
  generalist: z
    .string()
    .min(1)
    .describe(
      'Path of the generalist’s *.teacher.json file, relative to this one. Its classes are divided among the specialists.',
    ),
  count: z
    .int()
    .min(2)
    .describe(
      'Number of specialists. Each learns one group of classes that the generalist confuses on validation data; all other classes form one additional class.',
    ),
});

export type SpecialistsConfig = z.output<typeof specialistsSchema>;
