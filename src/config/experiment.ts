import { z } from 'zod';
import { methods, scratchMethod } from '../methods/catalogue';
import type { Method } from '../methods/method';
import { dataSchema } from './data';
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
    .describe('What the arm is called on screen; from method and parameters where absent.'),
  transferSet: z
    .enum(['labelled', 'all'])
    .default('labelled')
    .describe(
      'labelled: the examples scratch sees. all: the unlabelled ones too (they bring the distillation loss only).',
    ),
  transferClasses: transferClassesSchema
    .optional()
    .describe(
      'Only examples of some classes are in the transfer set, with or without labels; all where absent.',
    ),
};

/** The method's parameters among the keys of an arm. */
export function parametersOf(method: Method, arm: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(method.parameters.shape).map((key) => [key, own(arm, key)]));
}

type ArmObject = z.ZodObject<{ method: z.ZodLiteral<string> } & typeof armFields>;

/** An arm's object: what the method checks across its parameters holds here too. */
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
      ? `${scratchMethod.id} is the loss of scratch, which is always added: take this arm out.`
      : undefined,
});

export const experimentSchema = z.strictObject({
  $schema: z.string().optional(),
  description: z.string().optional().describe('The question this experiment asks, in a sentence.'),
  paper: paperSchema
    .optional()
    .describe('What a paper found where it asked the same; the report shows it beside these results.'),
  data: dataSchema.describe('What is learned.'),
  teacher: z.string().min(1).describe('Path of a *.teacher.json file, relative to this one.'),
  student: z.string().min(1).describe('Path of a *.student.json file, relative to this one.'),
  arms: z
    .array(armSchema)
    .min(1)
    .describe('Settings to compare. Scratch (the student alone) is always added.'),
  primary: z
    .string()
    .optional()
    .describe('Name of the arm that the headline verdict is about; the first where absent.'),
  seeds: z
    .union([
      z.int().positive(),
      z
        .array(z.int().min(0))
        .min(1)
        .refine((seeds) => new Set(seeds).size === seeds.length, {
          message: 'seeds names a seed twice: each training counts once.',
        }),
    ])
    .default(5)
    .describe('How many paired trainings an arm gets (0, 1, …), or their seeds. A verdict needs 4.'),
  sweep: sweepSchema
    .optional()
    .describe('Further arms: one arm with every combination of some values, the best of them confirmed.'),
  scratch: z
    .enum(['same', 'tuned'])
    .default('same')
    .describe(
      'same: scratch trains as the student’s file says. tuned: it gets a search of its own, over as many learning rates as the sweep has cells, before it is compared with the sweep’s winner.',
    ),
  engine: z
    .enum(WANTED_ENGINES)
    .default('auto')
    .describe('What computes. auto: native where it passes its self-test, else portable; never gpu.'),
  softTargets: z
    .strictObject({
      topK: z
        .int()
        .positive()
        .describe(
          'How many logits of the teacher the cache keeps for an example, the largest; the others count as equal, and have together the probability at T 1 that they had.',
        ),
    })
    .optional()
    .describe('What is kept of the teacher’s logits: all of them where absent. For data of many classes.'),
  minGain: z
    .number()
    .min(0)
    .default(0.2)
    .describe('The smallest gain worth having, in percentage points of test accuracy.'),
});

/** An arm as written, defaults filled in; method parameters are further keys, checked by the method’s schema. */
export type ArmConfig = z.output<typeof armSchema> & Record<string, unknown>;
export type ExperimentConfig = z.output<typeof experimentSchema>;
