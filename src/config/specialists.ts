import { z } from 'zod';

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
