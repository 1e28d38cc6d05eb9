import { z } from 'zod';
import { trainingSchema } from '../config/training';
import { layerSchema } from '../config/layers';
import { dataSchema } from '../config/data';
import { tableSchema } from '../config/table';
import { numericsSchema } from '../config/numerics';
import { preprocessingSchema } from '../config/preprocessing';
import { TAKEN_OFF } from '../config/savedModel/ending';

/** Version of all files below. Readers show as much as they can of a newer one. */
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

/** plan.json: the items of an experiment and their dependencies. Only the runner writes it; it has no status. */
export const planItemSchema = z.object({
  id: z.string(),
  kind: z.enum(['teacher', 'softTargets', 'run', 'evaluate']),
  arm: z.string().nullable().describe('Slug of the arm; null if the item belongs to no arm.'),
  seed: z.int().nullable(),
  identity: z.string().describe('SHA-256, hexadecimal.'),
  waitsFor: z.array(z.string()),
  folder: z.string().describe('Relative to the root, with forward slashes.'),
  memberOf: z.string().optional().describe('For a teacher in an ensemble: the id of the ensemble.'),
  until: z
    .int()
    .optional()
    .describe('The step at which successive halving pauses it; absent if it trains to the end.'),
  ended: z
    .int()
    .optional()
    .describe('The step after which successive halving ended it: there is nothing left to do.'),
});
export const planFileSchema = z.object({
  schemaVersion: z.number(),
  experiment: z.string(),
  file: z
    .string()
    .optional()
    .describe('The experiment file that these runs belong to: relative to the root, with forward slashes.'),
  items: z.array(planItemSchema),
});

const hashSchema = z.string().nullable();
const takenOffSchema = z.enum(TAKEN_OFF).nullable();

/** facts.json: what the plan needs to know about data and models, so that results can be shown without them. */
export const factsFileSchema = z.object({
  schemaVersion: z.number(),
  settings: z.array(
    z.object({
      key: z.string().describe('Identifies the setting: data and saved models as named in the config files.'),
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

/** A trained teacher that another run learns from, or a member of an ensemble. */
const teacherReference = z.object({
  name: z.string(),
  identity: z.string(),
  folder: z.string(),
  seed: z.int(),
});

const notRecorded = z.string().default('not recorded');

/**
 * run.json: everything a trainer needs, with all defaults filled in. Written once. Other trainers may omit keys that have a
 * default here.
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
      /** Value of each swept parameter by path; null if the arm is not a cell of a sweep. */
      cell: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
        .nullable()
        .default(null),
      /** Slug of the scratch that it is compared with. */
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
      /** The final activation of a saved model, which is removed when it is loaded, so that its outputs are logits. */
      takenOff: z.enum(TAKEN_OFF).optional(),
      /** The class of each output of a saved model; absent if they have the order of `data.classes`. */
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
  /** Names of the classes in the transfer set; absent if it has all. */
  transferClasses: z.array(z.string()).optional(),
  data: z.object({
    config: dataSchema,
    hash: z.string(),
    /** Hash of the files before scaling and shaping; absent in runs of earlier versions. */
    rows: z.string().optional(),
    /** Shape of one example as the network sees it. */
    inputShape: z.array(z.int().positive()),
    classes: z.array(z.string()),
    counts: z.object({ train: z.int(), labelled: z.int(), validation: z.int(), test: z.int() }),
    /** How examples are preprocessed for the network; absent if they are not. */
    preprocessing: preprocessingSchema.optional(),
    /** How a table was read: columns, categories, missing cells. Absent for other data. */
    table: tableSchema.optional(),
  }),
  teacher: teacherReference.nullable().default(null),
  /**
   * For a teacher with several members: it has no network of its own, and `steps` is 0. For `specialists` the first member
   * is the generalist.
   */
  ensemble: z
    .object({
      average: z.enum(['probabilities', 'logits', 'specialists']),
      members: z.array(teacherReference).min(1),
    })
    .optional(),
  /** For a specialist: its generalist, and which of the groups of classes that the generalist confuses it is for. */
  specialist: z
    .object({ generalist: teacherReference, index: z.int().min(0), count: z.int().min(2) })
    .optional(),
  /** Whether the teacher's outputs come from the cache or the live teacher (augmented examples), or are not needed. */
  softTargets: z.enum(['cache', 'live', 'none']).default('none'),
  /** How many logits per example the cache has; absent if it has all. */
  topK: z.int().positive().optional(),
  numerics: numericsSchema,
  /** Where each value came from, by dotted path: a file's name, "default", or e.g. "from alpha 0.9". */
  origins: z.record(z.string(), z.string()).default({}),
  versions: z.object({ distillery: notRecorded, tensorflow: notRecorded, node: notRecorded }).prefault({}),
  machine: z.object({ platform: z.string(), arch: z.string(), cpu: z.string(), cores: z.int() }),
  created: z.string(),
});

/** moved.json of a run: new paths of files that run.json names. */
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
    /** 0, or the step of the checkpoint that training resumed from. */
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
    /** Mean of each term over the batch, before weighting; in terms on labels, unlabelled examples count 0. */
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
    /** Cosine between the gradient of the teacher's terms and that of the labels' terms; absent if one is missing. */
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
    /** rung: paused by successive halving. */
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
      /** The input before preprocessing, for a picture. */
      input: z.array(z.number()),
      teacherLogits: z.array(z.number()).nullable(),
    }),
  ),
});

/** normalization.json of a run whose inputs are standardised: computed on the training part. */
export const normalizationFileSchema = z.object({
  schemaVersion: z.number(),
  /** Mean of each column, or of each channel of pictures, before preprocessing. */
  mean: z.array(z.number()),
  /** Divisors: the standard deviations, 1 where one is 0. */
  sd: z.array(z.number()),
});

/** result.json: the first attempt that finishes wins. */
export const resultFileSchema = z.object({
  schemaVersion: z.number(),
  attempt: z.int(),
  steps: z.int(),
  selectedStep: z.int(),
  parameters: z.int(),
  /** Size of the weights as float32. */
  bytes: z.int(),
  validation: z.object({ accuracy: z.number(), loss: z.number(), ece: z.number() }),
  /** Wall time over all attempts; a run’s share if several train in one process. */
  trainingSeconds: z.number(),
  /** How many runs shared the process of the last attempt, this one included; null if not recorded. */
  trainedTogether: z.int().positive().nullable().default(null),
  /** Processor time of all threads over all attempts; a run’s share if several train in one process. */
  cpuSeconds: z.number().nullable().default(null),
  /** Highest resident set of a process that trained it, engine and data included. */
  peakBytes: z.number().nullable().default(null),
  /** SHA-256 of the selected weights. */
  weights: notRecorded,
  /** Number of live tensors after the first and the last step: more at the end indicates a leak. */
  numTensors: z.object({ first: z.int(), last: z.int() }).default({ first: 0, last: 0 }),
});

/** specialist.json: the classes that a specialist distinguishes, known when its generalist is trained. */
export const specialistFileSchema = z.object({
  schemaVersion: z.number(),
  /** Class numbers, ascending; the network has one more output for all other classes. */
  classes: z.array(z.int()).min(1),
  /** Logarithm of the number of examples of other classes over the number drawn for training, added to that output. */
  correction: z.number(),
});

const latencySchema = z.object({
  /** Batch size. */
  batch: z.int(),
  medianMicroseconds: z.number(),
  p95Microseconds: z.number(),
  repeats: z.int(),
});

/** cost.json: the cost of inference, measured in a separate process while nothing else runs. */
export const costFileSchema = z.object({
  schemaVersion: z.number(),
  engine: z.string(),
  /** SHA-256 of network, numerics and machine: runs with the same key are measured once. */
  of: notRecorded,
  /** For one batch size, or for each. */
  latency: z.union([latencySchema, z.array(latencySchema)]).transform((one) => [one].flat()),
  /** Multiply–adds of one forward pass of one example. */
  multiplyAdds: z.number().nullable().default(null),
  /** Highest resident set of the measuring process, engine included. */
  peakBytes: z.number().nullable().default(null),
});

/** lease.json of a run and runner.json of an experiment: distinguishes running from interrupted. */
export const leaseSchema = z.object({
  schemaVersion: z.number(),
  pid: z.int(),
  /** Start time of the process as the system reports it, so that a reused pid is recognised; null if unknown. */
  started: z.string().nullable(),
  host: z.string(),
  attempt: z.int(),
  heartbeat: z.number(),
});

/** Validation result of a run at a rung of successive halving: a line of rungs.jsonl. */
export const rungSchema = z.object({ step: z.int(), accuracy: z.number(), loss: z.number() });

/** The promise made when the test set is opened: the verdict follows it, whatever the file says later. */
const promiseSchema = z.object({
  rule: z.int().describe('Version of the rule for verdicts (docs/statistics.md).'),
  test: z.string().describe('Identifies the test set: SHA-256 of the data.'),
  rows: z
    .string()
    .optional()
    .describe(
      'The same of the data files as they are, whatever scale and shape; absent in earlier versions.',
    ),
  numerics: z.string().describe('SHA-256 of the numerics of the runs.'),
  minGain: z.number().describe('Smallest gain that matters, in percentage points.'),
  primary: z.string().nullable().describe('Slug of the primary arm.'),
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
        .describe('Hash of what its seeds have in common; it does not change when the arm is renamed.'),
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
