import { z } from 'zod';
import type { Weighting } from './method';

/** @param usual where nothing is given */
export const temperature = (usual: number) =>
  z
    .number({ error: 'Expected a number above 0, e.g. 4.' })
    .positive({ error: 'Expected a temperature above 0, e.g. 4: the logits are divided by it.' })
    .default(usual)
    .describe('Divides the logits of teacher and student alike; the higher, the softer the targets.');

export const DEFAULT_ALPHA = 0.9;

/** A weight between the two terms: α·distillation + (1−α)·student. */
export const share = z
  .number({ error: 'Expected a number from 0 to 1.' })
  .min(0, { error: 'Expected an alpha from 0 to 1: the share of the distillation loss.' })
  .max(1, { error: 'Expected an alpha from 0 to 1: the share of the distillation loss.' });

/** The weight of a term, beside others that have their own. */
export const weight = (name: string) =>
  z
    .number({ error: `Expected a number of 0 or above for ${name}.` })
    .min(0, { error: `Expected a number of 0 or above for ${name}: it multiplies a loss.` });

/** Both forms of the combined loss. `alpha` has no default of its own, since it depends on the form. */
export const eitherForm = {
  alpha: weight('alpha')
    .optional()
    .describe(
      'Without beta: the share of the distillation loss, from 0 to 1 (α·distillation + (1−α)·student), 0.9 where absent. ' +
        'With beta: the weight of the student loss (β·distillation + α·student), 1 where absent.',
    ),
  beta: weight('beta')
    .optional()
    .describe('The weight of the distillation loss; alpha is then the weight of the student loss.'),
};

interface Combination {
  alpha?: number | undefined;
  beta?: number | undefined;
}

/** Without `beta`, alpha is a share of 1. */
export const isShare = ({ alpha, beta }: Combination) =>
  beta !== undefined || alpha === undefined || alpha <= 1;
export const notAShare = {
  path: ['alpha'],
  error: 'Expected an alpha from 0 to 1: the share of the distillation loss. With beta it may be any weight.',
};

/** The weights of `distillation` and `student`, whichever form was written. */
export function combine({ alpha, beta }: Combination): Weighting {
  if (beta !== undefined)
    return {
      weights: { distillation: beta, student: alpha ?? 1 },
      from: { distillation: 'beta', student: 'alpha' },
      formula: 'β·distillation + α·student',
    };
  const share = alpha ?? DEFAULT_ALPHA;
  return {
    // 0.1, not 0.09999999999999998: it is displayed.
    weights: { distillation: share, student: Number((1 - share).toPrecision(12)) },
    from: { distillation: 'alpha', student: 'alpha' },
    formula: 'α·distillation + (1−α)·student',
  };
}
