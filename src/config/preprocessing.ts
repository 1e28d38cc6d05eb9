import { z } from 'zod';
import { scaleOf, type DataConfig } from './data';

/** The `inputs` of a teacher file: how it sees examples, where that is not how its student sees them. */
export const inputsSchema = z
  .strictObject({
    resize: z
      .tuple([z.int().positive(), z.int().positive()])
      .optional()
      .describe('[height, width] that pictures are brought to, bilinear with half-pixel centres.'),
    channels: z
      .int()
      .positive()
      .optional()
      .describe('So many channels, each a copy of the only one that the pictures have: 3 for grey to RGB.'),
    scale: z
      .number()
      .positive()
      .optional()
      .describe(
        'What the numbers of the data file are divided by; the data’s own scale where absent. The teacher sees (number / scale − mean) / sd.',
      ),
    mean: z
      .array(z.number())
      .min(1)
      .optional()
      .describe('Subtracted after scale: one number, or one for each channel (for each column of a table).'),
    sd: z
      .array(z.number().positive())
      .min(1)
      .optional()
      .describe('Divided by after mean: one number, or one for each channel (for each column of a table).'),
    standardize: z
      .boolean()
      .optional()
      .describe(
        'Whether its columns are standardised, as data.standardize does it. Where absent: as the student’s for a teacher that is trained here, not for a saved one.',
      ),
  })
  .superRefine(({ scale, mean, sd, standardize }, context) => {
    if (standardize && (scale ?? mean ?? sd) !== undefined)
      context.addIssue({
        code: 'custom',
        message: 'standardize takes mean and sd from the data: give it, or scale, mean and sd, not both.',
        path: ['standardize'],
      });
  });

export type TeacherInputs = z.output<typeof inputsSchema>;

const picture = z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]);

/**
 * What examples go through between being read (divided by data.scale) and being seen by a network, in this order. As in
 * run.json and in a recipe: what changes nothing is absent.
 */
export const preprocessingSchema = z.object({
  /** [height, width, channels] */
  resize: z.object({ from: picture, to: picture }).optional(),
  /** By the mean and sd of each column over the training part; of pictures of each channel. */
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

/** Undefined where a student sees the data as they are read. @param inputShape of the data */
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

/** Undefined where a teacher sees the data as they are read. @param inputShape of the data */
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

/** Shape of an example as a network sees it. @param inputShape of the data */
export const shapeAfter = (
  preprocessing: Preprocessing | undefined,
  inputShape: readonly number[],
): number[] => [...(preprocessing?.resize?.to ?? inputShape)];

/** Of an example as a teacher sees it. @param inputShape of the data */
export const teacherShape = (teacher: Config, data: DataConfig, inputShape: readonly number[]): number[] =>
  shapeAfter(teacherPreprocessing(teacher, data, inputShape), inputShape);

/** Why a teacher cannot see these data in that way, and which key says so; null where it can. */
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
        message: `${key} is for pictures, [height, width, channels], and the data have ${shape}. Give the data a shape, or take ${key} out.`,
      };
  const { channels } = inputs;
  if (channels !== undefined && from && from[2] !== 1 && from[2] !== channels)
    return {
      key: 'channels',
      message: `channels copies the only channel of grey pictures, and the data have ${from[2]} channels. Take it out.`,
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

/** [height, width, channels] of one example; null where it is no picture. */
export function pictureShape({ source }: DataConfig, inputShape: readonly number[]): Picture | null {
  if (source === 'digits') return [8, 8, 1];
  return inputShape.length === 3 ? ([...inputShape] as Picture) : null;
}

/** Examples are rows of numbers that each mean something of their own. */
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

/** By what the data as read are normalized: they are divided by their own scale already. */
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
