import { z } from 'zod';

/** distillery.json: marks the root, and holds what editor and command line share. */
export const settingsSchema = z.strictObject({
  $schema: z.string().optional(),
  runs: z
    .string()
    .min(1)
    .default('runs')
    .describe('The folder that runs are written to, relative to this file.'),
  parallelism: z
    .union([z.literal('auto'), z.int().positive()])
    .default('auto')
    .describe('How many trainings go at once. auto: as many as the machine has cores for.'),
});

export type Settings = z.output<typeof settingsSchema>;
