import { z } from 'zod';

/** A generalist with specialists for classes that it confuses (Hinton, Vinyals, Dean 2015, §5). */
export const specialistsSchema = z.strictObject({
  generalist: z
    .string()
    .min(1)
    .describe(
      'Path of a *.teacher.json file, relative to this one, whose classes the specialists share out.',
    ),
  count: z
    .int()
    .min(2)
    .describe(
      'How many: each takes one of so many groups of classes that the generalist confuses on validation data, the others together as one more class.',
    ),
});

export type SpecialistsConfig = z.output<typeof specialistsSchema>;
