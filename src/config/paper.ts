import { z } from 'zod';

/** What of our results stands beside a figure of a paper. */
export const MEASURES = [
  'testErrors',
  'accuracy',
  'gain',
  'gapClosed',
  'biasCorrected',
  'missingClasses',
  'bestTemperature',
  'agreement',
] as const;

const figureSchema = z.strictObject({
  what: z
    .string()
    .min(1)
    .describe('What the figure says, e.g. “test errors: teacher / student / distilled”.'),
  value: z.string().min(1).describe('As the paper prints it.'),
  ours: z
    .enum(MEASURES)
    .describe(
      'What stands beside it, from this experiment’s results: testErrors, accuracy and agreement (with the teacher) of arms; gain over scratch, and gapClosed between scratch and teacher; accuracy with biasCorrected for classes that the transfer set lacks, and that of the missingClasses alone; the bestTemperature of a sweep for each value of its other parameters.',
    ),
  of: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('“teacher”, “scratch” or the names of arms; the headline’s where absent.'),
});

/** An experiment that repeats one of a paper says so, and its report shows both. */
export const paperSchema = z.strictObject({
  source: z.string().min(1).describe('Authors, year, section.'),
  figures: z.array(figureSchema).min(1).describe('Figures of the paper, with ours beside each.'),
});

export type PaperConfig = z.output<typeof paperSchema>;
export type Figure = PaperConfig['figures'][number];
