import { z } from 'zod';
import { scaleOf, type DataConfig } from './data';

/** The `inputs` of a teacher file: preprocessing that differs from the student's. */
export const inputsSchema = z
  .strictObject({
    resize: z
      .tuple([z.int().positive(), z.int().positive()])
      .optional()
      .describe('[height, width] to which images are resized (bilinear, half-pixel centres).'),
    channels: z
      .int()
      .positive()
      .optional()
      .describe('Number of channels to which the single channel of greyscale images is repeated: 3 for RGB.'),
    scale: z
      .number()
      .positive()
      .optional()
      .describe(
        'Divisor of the numbers in the data file. Default: the scale of the data. The teacher gets (number / scale − mean) / sd.',
      ),
    mean: z
      .array(z.number())
      .min(1)
      .optional()
      .describe('Subtracted after scaling: one number, or one for each channel (for a table, each column).'),
    sd: z
      .array(z.number().positive())
      .min(1)
      .optional()
      .describe(
        'Divisor after subtracting the mean: one number, or one for each channel (for a table, each column).',
      ),
    standardize: z
      .boolean()
      .optional()
      .describe(
        'Whether columns are standardised as by data.standardize. Default: as for the student if the teacher is trained here; false for a saved teacher.',
      ),
  })
  .superRefine(({ scale, mean, sd, standardize }, context) => {
    if (standardize && (scale ?? mean ?? sd) !== undefined)
      context.addIssue({
        code: 'custom',
        message:
          'standardize computes mean and sd from the data: give either standardize, or scale, mean and sd.',
        path: ['standardize'],
      });
  });

export type TeacherInputs = z.output<typeof inputsSchema>;

const picture = z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]);

/**
 * The steps, in this order, between an example as read (divided by data.scale) and as a network gets it. As in run.json
 * and in a recipe: steps that change nothing are absent.
 */
export const preprocessingSchema = z.object({
  /** [height, width, channels] */
  resize: z.object({ from: picture, to: picture }).optional(),
  /** By mean and sd over the training part, of each column, or of each channel of images. */
  standardize: z.literal(true).optional(),
  /** (x − mean) / sd, one number or one for each channel or column. */
  normalize: z.object({ mean: z.array(z.number()), sd: z.array(z.number()) }).optional(),
});

export type Preprocessing = z.output<typeof preprocessingSchema>;
type Picture = z.output<typeof picture>;

interface Config {
  model?: string | undefined;
  inputs?: TeacherInputs | undefined;
}

/** Undefined if a student gets the data as they are read. @param inputShape of the data */
export function studentPreprocessing(
  { model }: Pick<Config, 'model'>,
  data: DataConfig,
  inputShape: readonly number[],
): Preprocessing | undefined {
  const { standardize = 'auto' } = data;
  // A saved network expects what it was trained on.
  const wanted = standardize === 'auto' ? model === undefined && isTable(data, inputShape) : standardize;
  return wanted ? { standardize: true } : undefined;
}

/** Undefined if a teacher gets the data as they are read. @param inputShape of the data */
export function teacherPreprocessing(
  { model, inputs = {} }: Config,
  data: DataConfig,
  inputShape: readonly number[],
): Preprocessing | undefined {
  const asStudent = model === undefined && studentPreprocessing({}, data, inputShape) !== undefined;
  const said = (inputs.scale ?? inputs.mean ?? inputs.sd) !== undefined;
  const resize = resizing(inputs, data, inputShape);
  const normalize = normalizing(inputs, scaleOf(data));
  const all: Preprocessing = {
    ...(resize && { resize }),
    ...((inputs.standardize ?? (asStudent && !said)) && { standardize: true }),
    ...(normalize && { normalize }),
  };
  return Object.keys(all).length > 0 ? all : undefined;
}

/** Shape of an example as a network gets it. @param inputShape of the data */
export const shapeAfter = (
  preprocessing: Preprocessing | undefined,
  inputShape: readonly number[],
): number[] => [...(preprocessing?.resize?.to ?? inputShape)];

/** Shape of an example as a teacher gets it. @param inputShape of the data */
export const teacherShape = (teacher: Config, data: DataConfig, inputShape: readonly number[]): number[] =>
  shapeAfter(teacherPreprocessing(teacher, data, inputShape), inputShape);

/** Why these data cannot be preprocessed so, and the key at fault; null if they can. */
export function misfit(
  inputs: TeacherInputs,
  data: DataConfig,
  inputShape: readonly number[],
): { key: 'resize' | 'channels' | 'mean' | 'sd'; message: string } | null {
  const from = pictureShape(data, inputShape);
  const shape = `[${inputShape.join(', ')}]`;
  for (const key of ['resize', 'channels'] as const)
    if (inputs[key] !== undefined && from === null)
      return {
        key,
        message: `${key} needs images, [height, width, channels], but the data have the shape ${shape}. Set the shape of the data, or remove ${key}.`,
      };
  const { channels } = inputs;
  if (channels !== undefined && from && from[2] !== 1 && from[2] !== channels)
    return {
      key: 'channels',
      message: `channels repeats the single channel of greyscale images, but the data have ${from[2]} channels. Remove it.`,
    };
  const last = teacherShape({ inputs }, data, inputShape).at(-1)!;
  for (const key of ['mean', 'sd'] as const) {
    const count = inputs[key]?.length ?? 1;
    if (count !== 1 && count !== last)
      return {
        key,
        message: `${key} has ${count} numbers: give one${last === 1 ? '' : `, or ${last}, one for each ${from ? 'channel' : 'column'}`}.`,
      };
  }
  return null;
}

/** [height, width, channels] of one example; null if it is not an image. */
export function pictureShape({ source }: DataConfig, inputShape: readonly number[]): Picture | null {
  if (source === 'digits') return [8, 8, 1];
  return inputShape.length === 3 ? ([...inputShape] as Picture) : null;
}

/** Whether examples are vectors of separate quantities, as the columns of a table are. */
export const isTable = ({ source }: DataConfig, inputShape: readonly number[]) =>
  (source === 'csv' || source === 'npy') && inputShape.length === 1;

function resizing(
  { resize, channels }: TeacherInputs,
  data: DataConfig,
  inputShape: readonly number[],
): Preprocessing['resize'] {
  const from = (resize ?? channels) ? pictureShape(data, inputShape) : null;
  if (from === null) return undefined;
  const to: Picture = [...(resize ?? [from[0], from[1]]), channels ?? from[2]];
  return to.join() === inputShape.join() ? undefined : { from, to };
}

/** Mean and sd for the data as read, which have been divided by their own scale already. */
function normalizing(inputs: TeacherInputs, own: number): Preprocessing['normalize'] {
  const ratio = (inputs.scale ?? own) / own;
  const { mean = [0], sd = [1] } = inputs;
  const scaled = (values: readonly number[]) => {
    const all = values.map((value) => value * ratio);
    return all.every((value) => value === all[0]) ? all.slice(0, 1) : all;
  };
  const normalize = { mean: scaled(mean), sd: scaled(sd) };
  return normalize.mean.every((m) => m === 0) && normalize.sd.every((s) => s === 1) ? undefined : normalize;
}
