import { z } from 'zod';
import { methods, scratchMethod } from '../methods/catalogue';
import type { Method } from '../methods/method';
import { checkedDataSchema } from './data';
import { WANTED_ENGINES } from './numerics';
import { paperSchema } from './paper';
import { sweepSchema } from './sweep/schema';
import { transferClassesSchema } from './transferClasses';
import { own } from '../own';

/** Fields of an arm that belong to no method. */
const armFields = {
  name: z
    .string()
    .min(1)
    .optional()
    .describe('Display name of the arm. Default: derived from its method and parameters.'),
  transferSet: z
    .enum(['labelled', 'all'])
    .default('labelled')
    .describe(
      'labelled: the examples that scratch is trained on. all: also the unlabelled ones, which contribute only the distillation loss.',
    ),
  transferClasses: transferClassesSchema
    .optional()
    .describe(
      'Restricts the transfer set, labelled and unlabelled examples alike, to some classes. Default: all classes.',
    ),
};

/** The method's parameters among the keys of an arm. */
export function parametersOf(method: Method, arm: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(method.parameters.shape).map((key) => [key, own(arm, key)]));
}

type ArmObject = z.ZodObject<{ method: z.ZodLiteral<string> } & typeof armFields>;

/** The schema of an arm, including the checks across the parameters of its method. */
function armOf(method: Method): ArmObject {
  const shape = {
    method: z.literal(method.id).describe(method.summary),
    ...armFields,
    ...method.parameters.shape,
  };
  return z
    .strictObject(shape)
    .superRefine((arm, context) => {
      const { error } = method.parameters.safeParse(parametersOf(method, arm));
      for (const { code, message, path } of error?.issues ?? [])
        if (code === 'custom') context.addIssue({ code, message, path });
    })
    .describe(method.title);
}

const arms = methods.map(armOf) as [ArmObject, ...ArmObject[]];

/** An arm is a method with its parameters, flat: the union is derived from the catalogue. */
export const armSchema = z.discriminatedUnion('method', arms, {
  error: ({ input }) =>
    (input as { method?: unknown } | undefined)?.method === scratchMethod.id
      ? `${scratchMethod.id} is the loss of scratch, which is always added: remove this arm.`
      : undefined,
});

/** Each seed is a training of every arm; more are a slip of the finger. */
const MOST_SEEDS = 1000;
const tooManySeeds = `Expected at most ${MOST_SEEDS} seeds.`;

export const experimentSchema = z.strictObject({
  $schema: z.string().optional(),
  description: z.string().optional().describe('The question that this experiment answers, in one sentence.'),
  paper: paperSchema
    .optional()
    .describe(
      'Published results to compare with; the report shows them next to the results of this experiment.',
    ),
  data: checkedDataSchema.describe('The data set.'),
  teacher: z.string().min(1).describe('Path of a *.teacher.json file, relative to this one.'),
  student: z.string().min(1).describe('Path of a *.student.json file, relative to this one.'),
  arms: z
    .array(armSchema)
    .min(1)
    .describe('The settings to compare. Scratch (the student trained without a teacher) is always added.'),
  primary: z
    .string()
    .optional()
    .describe('Name of the arm that the headline verdict is about. Default: the first arm.'),
  seeds: z
    .union([
      z.int().positive().max(MOST_SEEDS, { error: tooManySeeds }),
      z
        .array(z.int().min(0))
        .min(1)
        .max(MOST_SEEDS, { error: tooManySeeds })
        .refine((seeds) => new Set(seeds).size === seeds.length, {
          message: 'seeds contains a seed twice: remove the duplicate.',
        }),
    ])
    .default(5)
    .describe(
      'Number of paired trainings for each arm (with seeds 0, 1, …), or a list of seeds. A verdict needs at least 4.',
    ),
  sweep: sweepSchema
    .optional()
    .describe(
      'Adds arms: one arm is varied over combinations of values, and the best one is confirmed on fresh seeds.',
    ),
  scratch: z
    .enum(['same', 'tuned'])
    .default('same')
    .describe(
      'same: scratch is trained as the student file says. tuned: the learning rate of scratch is tuned first, over as many values as the sweep has cells, before it is compared with the sweep’s winner.',
    ),
  engine: z
    .enum(WANTED_ENGINES)
    .default('auto')
    .describe(
      'The engine that computes. auto: native if it passes its self-test, otherwise portable; never gpu.',
    ),
  softTargets: z
    .strictObject({
      topK: z
        .int()
        .positive()
        .describe(
          'Number of teacher logits that the cache keeps for each example (the largest ones). The remaining classes share the remaining probability at T 1 equally.',
        ),
    })
    .optional()
    .describe(
      'Which of the teacher’s logits are cached; useful for data with many classes. Default: all of them.',
    ),
  minGain: z
    .number()
    .min(0)
    .default(0.2)
    .describe('The smallest gain that matters, in percentage points of test accuracy.'),
});

/** An arm as written, defaults filled in; method parameters are further keys, checked by the method’s schema. */
export type ArmConfig = z.output<typeof armSchema> & Record<string, unknown>;
export type ExperimentConfig = z.output<typeof experimentSchema>;
