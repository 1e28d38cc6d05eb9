import { z } from 'zod';
import { trainingSchema } from '../config/training';
import { layerSchema } from '../config/layers';
import { dataSchema } from '../config/data';
import { tableSchema } from '../config/table';
import { numericsSchema } from '../config/numerics';
import { preprocessingSchema } from '../config/preprocessing';
import { TAKEN_OFF } from '../config/savedModel/ending';

/** Version of everything below; readers show what they can of a newer one. */
export const SCHEMA_VERSION = 1;

/** engine.json: resolved once per experiment, before planning. */
export const engineFileSchema = z.object({
  schemaVersion: z.number(),
  numerics: numericsSchema,
  /** A sentence for the log and the panel. */
  why: z.string(),
  tried: z.array(z.object({ engine: z.string(), ok: z.boolean(), reason: z.string() })),
  time: z.string(),
});

/** What is to do, and what each waits for. Written by the runner alone; never a status. */
export const planItemSchema = z.object({
  id: z.string(),
  kind: z.enum(['teacher', 'softTargets', 'run', 'evaluate']),
  arm: z.string().nullable().describe('Slug of the arm; null where the item belongs to none.'),
  seed: z.int().nullable(),
  identity: z.string().describe('SHA-256, hexadecimal.'),
  waitsFor: z.array(z.string()),
  folder: z.string().describe('Relative to the root, with forward slashes.'),
  memberOf: z.string().optional().describe('Of a teacher that is part of an ensemble: the ensemble’s id.'),
  until: z
    .int()
    .optional()
    .describe('The step to which successive halving lets it train now; absent where to its end.'),
  ended: z
    .int()
    .optional()
    .describe('The step after which successive halving ended it: nothing is to do for it any more.'),
});
export const planFileSchema = z.object({
  schemaVersion: z.number(),
  experiment: z.string(),
  file: z
    .string()
    .optional()
    .describe('The experiment’s file, whose runs these are: relative to the root, with forward slashes.'),
  items: z.array(planItemSchema),
});

const hashSchema = z.string().nullable();
const takenOffSchema = z.enum(TAKEN_OFF).nullable();

/** facts.json: what the plan was made from besides the config files, so that results can be shown without the data. */
export const factsFileSchema = z.object({
  schemaVersion: z.number(),
  settings: z.array(
    z.object({
      key: z
        .string()
        .describe('What decides these facts: data and saved models as the config files name them.'),
      data: z.object({
        hash: z.string(),
        rows: z.string().optional(),
        inputShape: z.array(z.int()),
        classes: z.array(z.string()),
        count: z.int(),
        perClass: z.array(z.int()),
        labelFileHash: hashSchema,
        table: tableSchema.optional(),
        counts: z.object({ train: z.int(), labelled: z.int(), validation: z.int(), test: z.int() }),
        rangeRatio: z.number().optional(),
      }),
      models: z.object({
        teacher: hashSchema,
        student: hashSchema,
        members: z.array(hashSchema).optional(),
        takenOff: z
          .object({
            teacher: takenOffSchema.optional(),
            student: takenOffSchema.optional(),
            members: z.array(takenOffSchema).optional(),
          })
          .optional(),
      }),
    }),
  ),
});

/** A trained teacher that another run learns from, or is made of. */
const teacherReference = z.object({
  name: z.string(),
  identity: z.string(),
  folder: z.string(),
  seed: z.int(),
});

const notRecorded = z.string().default('not recorded');

/**
 * run.json: everything a trainer needs, every default filled in. Written once. What has a default here may be left out by
 * a trainer of somebody's own.
 */
export const runFileSchema = z.object({
  schemaVersion: z.number(),
  kind: z.enum(['teacher', 'student']),
  experiment: z.string(),
  arm: z
    .object({
      slug: z.string(),
      title: z.string(),
      scratch: z.boolean(),
      primary: z.boolean(),
      role: z.enum(['listed', 'cell', 'confirmation']).default('listed'),
      /** Value of each swept parameter by its path; null where a sweep made no such arm. */
      cell: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
        .nullable()
        .default(null),
      /** Slug of the scratch that shares all its other parameters. */
      pairedWith: z.string().nullable().default(null),
    })
    .nullable(),
  seed: z.int(),
  identity: z.string(),
  /** From the run's folder to the root, e.g. "../../.."; paths in `data`, `teacher` and `network` are relative to the root. */
  root: z.string().default('.'),
  network: z
    .object({
      layers: z.array(layerSchema).optional(),
      model: z.string().optional(),
      /** The activation at the end of a saved model that is taken off when it is loaded, which leaves its logits. */
      takenOff: z.enum(TAKEN_OFF).optional(),
      /** The class of each output of a saved model; absent where they are in the order of `data.classes`. */
      classes: z.array(z.string()).optional(),
    })
    .default({}),
  training: trainingSchema.prefault({}),
  /** The budget: planned optimizer steps; 0 for a saved teacher, which is only loaded and evaluated. */
  steps: z.int().min(0),
  method: z.object({
    id: z.string(),
    parameters: z.record(z.string(), z.unknown()).default({}),
    /** Resolved weight of each term, e.g. { distillation: 0.9, student: 0.1 }. */
    weights: z.record(z.string(), z.number()).default({}),
  }),
  transferSet: z.enum(['labelled', 'all']).default('labelled'),
  /** Names of the classes that the transfer set holds; absent where it holds all. */
  transferClasses: z.array(z.string()).optional(),
  data: z.object({
    config: dataSchema,
    hash: z.string(),
    /** Of the files as they are, before scaling and shaping; absent in runs of earlier versions. */
    rows: z.string().optional(),
    /** Of one example as the network sees it. */
    inputShape: z.array(z.int().positive()),
    classes: z.array(z.string()),
    counts: z.object({ train: z.int(), labelled: z.int(), validation: z.int(), test: z.int() }),
    /** What examples go through before the network sees them; absent where it sees them as they are read. */
    preprocessing: preprocessingSchema.optional(),
    /** How a table was read: columns, categories, missing cells. Absent of data that are no table. */
    table: tableSchema.optional(),
  }),
  teacher: teacherReference.nullable().default(null),
  /**
   * Of a teacher that is several: it has no network of its own, and `steps` 0. Of `specialists` the first member is the
   * generalist.
   */
  ensemble: z
    .object({
      average: z.enum(['probabilities', 'logits', 'specialists']),
      members: z.array(teacherReference).min(1),
    })
    .optional(),
  /** Of a specialist: whose, and for which of so many groups of classes that its generalist confuses. */
  specialist: z
    .object({ generalist: teacherReference, index: z.int().min(0), count: z.int().min(2) })
    .optional(),
  /** Whether the teacher's outputs come from the cache, from the live teacher (augmented examples), or are not asked for. */
  softTargets: z.enum(['cache', 'live', 'none']).default('none'),
  /** How many logits of an example the cache keeps; absent where it keeps all. */
  topK: z.int().positive().optional(),
  numerics: numericsSchema,
  /** Where each value came from, by dotted path: a file's name, "default", or e.g. "from alpha 0.9". */
  origins: z.record(z.string(), z.string()).default({}),
  versions: z.object({ distillery: notRecorded, tensorflow: notRecorded, node: notRecorded }).prefault({}),
  machine: z.object({ platform: z.string(), arch: z.string(), cpu: z.string(), cores: z.int() }),
  created: z.string(),
});

/** moved.json of a run: what run.json names by a path, where that is somewhere else by now. */
export const movedFileSchema = runFileSchema
  .pick({ root: true, data: true, network: true, teacher: true, ensemble: true, specialist: true })
  .extend({
    schemaVersion: z.number(),
    data: runFileSchema.shape.data.pick({ config: true }),
  });

const time = z.number().describe('Milliseconds since 1970.');
const losses = z.record(z.string(), z.number());

/** One line of events.<attempt>.jsonl. Unknown kinds are skipped by readers. */
export const eventSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('start'),
    time,
    attempt: z.int(),
    pid: z.int(),
    host: z.string(),
    /** 0, or the step of the checkpoint that is gone on from. */
    step: z.int(),
    parameters: z.int(),
  }),
  z.object({
    event: z.literal('step'),
    time,
    /** 1-based: the number of steps done. */
    step: z.int(),
    epoch: z.number(),
    learningRate: z.number(),
    /** Mean over the batch, before weighting; the student term over all examples, unlabelled ones counting 0. */
    raw: losses,
    weighted: losses,
    total: z.number(),
  }),
  z.object({
    event: z.literal('gradient'),
    time,
    step: z.int(),
    /** L2 norm of the gradient of each weighted term over all weights. */
    norms: losses,
    /** Cosine between the distillation and the student gradient; absent with one term. */
    cosine: z.number().optional(),
  }),
  z.object({
    event: z.literal('evaluation'),
    time,
    step: z.int(),
    epoch: z.number(),
    trainAccuracy: z.number().nullable(),
    validation: z.object({
      accuracy: z.number(),
      loss: z.number(),
      ece: z.number(),
      /** Top-1 agreement with the teacher and mean KL(teacher ‖ student) at T = 1, nats. */
      agreement: z.number().nullable(),
      klToTeacher: z.number().nullable(),
    }),
  }),
  z.object({
    event: z.literal('probe'),
    time,
    step: z.int(),
    /** Logits of the student on the examples of probes.json, in their order. */
    logits: z.array(z.array(z.number())),
  }),
  z.object({ event: z.literal('checkpoint'), time, step: z.int(), file: z.string(), selected: z.boolean() }),
  z.object({ event: z.literal('note'), time, step: z.int(), text: z.string() }),
  z.object({
    event: z.literal('end'),
    time,
    step: z.int(),
    status: z.enum(['finished', 'stopped', 'failed']),
    /** What happened, as a sentence; null when finished. */
    message: z.string().nullable(),
    /** rung: paused by successive halving, which decides whether it goes on. */
    cause: z.enum(['nan', 'memory', 'signal', 'crash', 'exit', 'input', 'stop', 'rung']).nullable(),
  }),
]);

/** probes.json of a run: the examples whose logits the panel can soften at any temperature. */
export const probesFileSchema = z.object({
  schemaVersion: z.number(),
  shape: z.array(z.int()),
  examples: z.array(
    z.object({
      /** Row in the data set. */
      row: z.int(),
      label: z.int(),
      /** The input as it is read, for a picture. */
      input: z.array(z.number()),
      teacherLogits: z.array(z.number()).nullable(),
    }),
  ),
});

/** normalization.json of a run whose inputs are standardised: what was found on the training part. */
export const normalizationFileSchema = z.object({
  schemaVersion: z.number(),
  /** Of each column, or of each channel of pictures, as they are read. */
  mean: z.array(z.number()),
  /** What differences from the mean are divided by: the standard deviation, 1 where that is 0. */
  sd: z.array(z.number()),
});

/** result.json: the first attempt that finishes wins. */
export const resultFileSchema = z.object({
  schemaVersion: z.number(),
  attempt: z.int(),
  steps: z.int(),
  selectedStep: z.int(),
  parameters: z.int(),
  /** Of the weights as float32. */
  bytes: z.int(),
  validation: z.object({ accuracy: z.number(), loss: z.number(), ece: z.number() }),
  /** Wall time, over all attempts: a run’s share where several train in one process. */
  trainingSeconds: z.number(),
  /** How many runs shared the process of the last attempt, this one included; null where it was not recorded. */
  trainedTogether: z.int().positive().nullable().default(null),
  /** Processor time of all threads, over all attempts: a run’s share where several train in one process. */
  cpuSeconds: z.number().nullable().default(null),
  /** Highest resident set of a process that trained it, engine and data included. */
  peakBytes: z.number().nullable().default(null),
  /** SHA-256 of the selected weights. */
  weights: notRecorded,
  /** TensorFlow.js's count of live tensors after the first and the last step: more at the end is a leak. */
  numTensors: z.object({ first: z.int(), last: z.int() }).default({ first: 0, last: 0 }),
});

/** specialist.json: what classes a specialist tells apart, known once its generalist is trained. */
export const specialistFileSchema = z.object({
  schemaVersion: z.number(),
  /** Class numbers, ascending; its network has an output more, for all others. */
  classes: z.array(z.int()).min(1),
  /** What its training set lacked of the others: the logarithm of their share left out, added to that output. */
  correction: z.number(),
});

const latencySchema = z.object({
  /** Examples at once. */
  batch: z.int(),
  medianMicroseconds: z.number(),
  p95Microseconds: z.number(),
  repeats: z.int(),
});

/** cost.json: what the network costs to run, measured in a process of its own with nothing beside it. */
export const costFileSchema = z.object({
  schemaVersion: z.number(),
  engine: z.string(),
  /** SHA-256 of network, numerics and machine: runs that share them were measured once. */
  of: notRecorded,
  /** Of one batch size, or of each. */
  latency: z.union([latencySchema, z.array(latencySchema)]).transform((one) => [one].flat()),
  /** Of one example forward. */
  multiplyAdds: z.number().nullable().default(null),
  /** Highest resident set of the process that measured, engine included. */
  peakBytes: z.number().nullable().default(null),
});

/** lease.json of a run and runner.json of an experiment: tells running from interrupted. */
export const leaseSchema = z.object({
  schemaVersion: z.number(),
  pid: z.int(),
  /** What the system says of the process's start, so that a reused pid is not taken for it; null where it cannot say. */
  started: z.string().nullable(),
  host: z.string(),
  attempt: z.int(),
  heartbeat: z.number(),
});

/** What a run had reached on validation where successive halving compared it: a line of rungs.jsonl. */
export const rungSchema = z.object({ step: z.int(), accuracy: z.number(), loss: z.number() });

/** What is promised when the test set is opened: the verdict is of it, whatever the file says later. */
const promiseSchema = z.object({
  rule: z.int().describe('Version of the rule by which verdicts are reached (docs/statistics.md).'),
  test: z.string().describe('Which test set: SHA-256 of the data as they are read.'),
  rows: z
    .string()
    .optional()
    .describe(
      'The same of the data files as they are, whatever scale and shape; absent in earlier versions.',
    ),
  numerics: z.string().describe('What computed the runs: SHA-256 of their numerics.'),
  minGain: z.number().describe('Smallest gain worth having, in percentage points.'),
  primary: z.string().nullable().describe('Slug of the headline’s arm.'),
  seeds: z.array(z.int()),
  arms: z.array(
    z.object({
      slug: z.string(),
      title: z.string(),
      scratch: z.boolean(),
      role: z.enum(['listed', 'cell', 'confirmation']),
      pairedWith: z.string().nullable().describe('Slug of the scratch that it is compared with.'),
      recipe: z
        .string()
        .describe('Hash of what its seeds have in common: an arm that was renamed has the same.'),
      runs: z.array(z.object({ seed: z.int(), identity: z.string() })),
    }),
  ),
});

/** One opening of the test set: a line of looks.jsonl. */
export const lookSchema = z.object({
  time: z.string(),
  runs: z.array(z.object({ arm: z.string(), seed: z.int(), identity: z.string() })),
  promise: promiseSchema.optional().describe('Absent in lines of earlier versions.'),
});

export type EngineFile = z.output<typeof engineFileSchema>;
export type PlanItem = z.output<typeof planItemSchema>;
export type PlanFile = z.output<typeof planFileSchema>;
export type FactsFile = z.output<typeof factsFileSchema>;
export type RunFile = z.output<typeof runFileSchema>;
export type MovedFile = z.output<typeof movedFileSchema>;
export type RunEvent = z.output<typeof eventSchema>;
export type ProbesFile = z.output<typeof probesFileSchema>;
export type NormalizationFile = z.output<typeof normalizationFileSchema>;
export type ResultFile = z.output<typeof resultFileSchema>;
export type SpecialistFile = z.output<typeof specialistFileSchema>;
export type CostFile = z.output<typeof costFileSchema>;
export type Lease = z.output<typeof leaseSchema>;
export type Rung = z.output<typeof rungSchema>;
export type Look = z.output<typeof lookSchema>;
export type LookPromise = z.output<typeof promiseSchema>;
