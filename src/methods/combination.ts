import { z } from 'zod';
import { DISTILLATION_TERM, STUDENT_TERM } from './method';

export const DEFAULT_ALPHA = 0.9;

/** A weight between the two terms: α·distillation + (1−α)·student. */
export const share = z
  .number({ error: 'Expected a number from 0 to 1.' })
  .min(0, { error: 'Expected an alpha from 0 to 1: the share of the distillation loss.' })
  .max(1, { error: 'Expected an alpha from 0 to 1: the share of the distillation loss.' });

const weight = (name: string) =>
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

/** The weight of each term, whichever form was written. */
export function combine({ alpha, beta }: Combination) {
  if (beta !== undefined) return { [DISTILLATION_TERM]: beta, [STUDENT_TERM]: alpha ?? 1 };
  const share = alpha ?? DEFAULT_ALPHA;
  // 0.1, not 0.09999999999999998: it is displayed.
  return { [DISTILLATION_TERM]: share, [STUDENT_TERM]: Number((1 - share).toPrecision(12)) };
}
