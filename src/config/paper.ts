import { z } from 'zod';

/** The results that can be shown next to a figure of a paper. */
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
    .describe('What the figure measures, e.g. “test errors: teacher / student / distilled”.'),
  value: z.string().min(1).describe('The figure as printed in the paper.'),
  ours: z
    .enum(MEASURES)
    .describe(
      'The result of this experiment to compare with: testErrors, accuracy or agreement (with the teacher) of arms; gain over scratch; gapClosed between scratch and teacher; biasCorrected: accuracy with biases corrected for classes missing from the transfer set; missingClasses: accuracy on those classes; bestTemperature of a sweep for each value of its other parameters.',
    ),
  of: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('“teacher”, “scratch” or the names of arms. Default: those of the headline.'),
});

/** Published figures, for an experiment that repeats one of a paper; the report shows both. */
export const paperSchema = z.strictObject({
  source: z.string().min(1).describe('Authors, year, section.'),
  figures: z
    .array(figureSchema)
    .min(1)
    .describe('Figures of the paper, each with the result to compare it with.'),
});

export type PaperConfig = z.output<typeof paperSchema>;
export type Figure = PaperConfig['figures'][number];
