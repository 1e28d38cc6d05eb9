import { z } from 'zod';
import { contradiction, ensembleSchema, specialistsSchema } from './ensemble';
import { layerSchema } from './layers';
import { inputsSchema } from './preprocessing';
import { trainingSchema } from './training';

/** A name says which layer a method taps. */
const layers = z
  .array(layerSchema)
  .min(1)
  .superRefine((all, context) => {
    all.forEach(({ name }, index) => {
      const first = all.findIndex((layer) => layer.name === name);
      if (name === undefined || first === index) return;
      const message = `Layers ${first + 1} and ${index + 1} have the same name “${name}”: give each a different name.`;
      context.addIssue({ code: 'custom', message, path: [index, 'name'] });
    });
  });

const networkFields = {
  $schema: z.string().optional(),
  layers: layers.optional().describe('The network, from the input to the logits.'),
  model: z
    .string()
    .min(1)
    .optional()
    .describe('Path of a saved model (model.json of TensorFlow.js Layers), instead of layers.'),
};
/** A new object each time, because zod removes the message from the one that it gets. */
const either = () => ({
  message: 'Give either layers (a network to train) or model (a saved model), but not both.',
  path: ['model'],
});
const exactlyOne = (n: { layers?: unknown; model?: unknown }) =>
  (n.layers === undefined) !== (n.model === undefined);

export const teacherSchema = z
  .strictObject({
    ...networkFields,
    classes: z
      .array(z.string())
      .min(2)
      .optional()
      .describe(
        'For a saved model: the class names of its outputs, in the order of the outputs. Default: the order of the data’s classes.',
      ),
    training: trainingSchema.prefault({}).describe('How the teacher is trained. Not used for a saved model.'),
    seed: z.int().min(0).default(0).describe('Seed of the teacher’s training.'),
    perSeed: z.boolean().default(false).describe('Train a separate teacher for each seed of the experiment.'),
    labels: z
      .enum(['all', 'same'])
      .default('all')
      .describe(
        'Labels that the teacher is trained on. all: every label of the training part. same: only the labels that the students have.',
      ),
    inputs: inputsSchema
      .optional()
      .describe(
        'Preprocessing of the teacher’s inputs if it differs from the student’s: size, channels, scale. Values refer to the numbers in the data file.',
      ),
    ensemble: ensembleSchema
      .optional()
      .describe(
        'Several teachers whose predictions are averaged. Each is trained or loaded as a separate teacher.',
      ),
    specialists: specialistsSchema
      .optional()
      .describe(
        'A generalist with specialists for the classes that it confuses. training and seed apply to the specialists.',
      ),
  })
  .superRefine((teacher, context) => {
    const found = contradiction(teacher);
    const { classes, model } = teacher;
    if (classes !== undefined && model === undefined)
      context.addIssue({
        code: 'custom',
        message: 'classes names the outputs of a saved model: it can only be used together with model.',
        path: ['classes'],
      });
    if (found) context.addIssue({ code: 'custom', message: found.message, path: [found.key] });
    else if (!teacher.specialists && !Array.isArray(teacher.ensemble?.members) && !exactlyOne(teacher))
      context.addIssue({ code: 'custom', ...either() });
  });

export const studentSchema = z
  .strictObject({
    ...networkFields,
    training: trainingSchema
      .prefault({})
      .describe('How the student is trained; the same for scratch and every distilled arm.'),
  })
  .refine(exactlyOne, either());

export type TeacherConfig = z.output<typeof teacherSchema>;
export type StudentConfig = z.output<typeof studentSchema>;
