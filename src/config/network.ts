import { z } from 'zod';
import { contradiction, ensembleSchema } from './ensemble';
import { layerSchema } from './layers';
import { inputsSchema } from './preprocessing';
import { specialistsSchema } from './specialists';
import { trainingSchema } from './training';

/** A name says which layer a method taps. */
const layers = z
  .array(layerSchema)
  .min(1)
  .superRefine((all, context) => {
    all.forEach(({ name }, index) => {
      const first = all.findIndex((layer) => layer.name === name);
      if (name === undefined || first === index) return;
      const message = `Layers ${first + 1} and ${index + 1} are both called “${name}”: give each a name of its own.`;
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
/** A new one each time: zod takes the message out of what it is given. */
const either = () => ({
  message: 'Give layers (a network to train) or model (a saved one): exactly one of the two.',
  path: ['model'],
});
const exactlyOne = (n: { layers?: unknown; model?: unknown }) =>
  (n.layers === undefined) !== (n.model === undefined);

export const teacherSchema = z
  .strictObject({
    ...networkFields,
    training: trainingSchema.prefault({}).describe('How the teacher is trained; not used for a saved model.'),
    seed: z.int().min(0).default(0).describe('Of the teacher’s own training.'),
    perSeed: z.boolean().default(false).describe('Train one teacher for each seed of the experiment.'),
    labels: z
      .enum(['all', 'same'])
      .default('all')
      .describe('all: every label of the training split. same: only those that the students have.'),
    inputs: inputsSchema
      .optional()
      .describe(
        'How the teacher sees the examples, where not as its student does: another size, channels, scale. Said of the numbers in the data file.',
      ),
    ensemble: ensembleSchema
      .optional()
      .describe(
        'Several teachers that answer together; each is trained, or loaded, as a teacher of its own.',
      ),
    specialists: specialistsSchema
      .optional()
      .describe(
        'A generalist with specialists for the classes that it confuses; training and seed are the specialists’.',
      ),
  })
  .superRefine((teacher, context) => {
    const found = contradiction(teacher);
    if (found) context.addIssue({ code: 'custom', message: found.message, path: [found.key] });
    else if (!teacher.specialists && !Array.isArray(teacher.ensemble?.members) && !exactlyOne(teacher))
      context.addIssue({ code: 'custom', ...either() });
  });

export const studentSchema = z
  .strictObject({
    ...networkFields,
    training: trainingSchema.prefault({}).describe('The same for scratch and every distilled arm.'),
  })
  .refine(exactlyOne, either());

export type TeacherConfig = z.output<typeof teacherSchema>;
export type StudentConfig = z.output<typeof studentSchema>;
