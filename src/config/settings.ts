import { z } from 'zod';

/** distillery.json: marks the root and holds the settings shared by editor and command line. */
export const settingsSchema = z.strictObject({
  $schema: z.string().optional(),
  runs: z.string().min(1).default('runs').describe('The folder for runs, relative to this file.'),
  parallelism: z
    .union([z.literal('auto'), z.int().positive()])
    .default('auto')
    .describe('Number of trainings that run at the same time. auto: determined by the number of cores.'),
});

export type Settings = z.output<typeof settingsSchema>;
