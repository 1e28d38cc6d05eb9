import { configSchema, recordSchema, type JsonSchema } from '../config/jsonSchemas';
import {
  costFileSchema,
  engineFileSchema,
  eventSchema,
  leaseSchema,
  lookSchema,
  normalizationFileSchema,
  planFileSchema,
  probesFileSchema,
  resultFileSchema,
  rungSchema,
  runFileSchema,
  specialistFileSchema,
} from './files';

/** The schema of every file that Distillery reads or writes, by its name in `schemas/` without the ending. */
export const publishedSchemas = (): Record<string, JsonSchema> => ({
  teacher: configSchema('teacher'),
  student: configSchema('student'),
  experiment: configSchema('experiment'),
  settings: configSchema('settings'),
  engine: recordSchema(engineFileSchema, 'engine.json: what computes an experiment'),
  plan: recordSchema(planFileSchema, 'plan.json: what is to do'),
  run: recordSchema(runFileSchema, 'run.json: a run, every default filled in'),
  event: recordSchema(eventSchema, 'A line of events.<attempt>.jsonl'),
  probes: recordSchema(probesFileSchema, 'probes.json: examples whose logits are kept'),
  normalization: recordSchema(
    normalizationFileSchema,
    'normalization.json: mean and sd of standardised inputs',
  ),
  result: recordSchema(resultFileSchema, 'result.json: what a run came to'),
  specialist: recordSchema(specialistFileSchema, 'specialist.json: the classes of a specialist'),
  cost: recordSchema(costFileSchema, 'cost.json: what a network costs to run'),
  lease: recordSchema(leaseSchema, 'lease.json and runner.json: who is at work'),
  rung: recordSchema(rungSchema, 'A line of rungs.jsonl: what a run had reached where cells are compared'),
  look: recordSchema(lookSchema, 'A line of looks.jsonl: one opening of the test set'),
});
