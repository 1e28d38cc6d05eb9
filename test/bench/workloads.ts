/** What every contender trains: read by each worker, in whatever language, from `workload.json` beside the data. */
export interface Workload {
  id: string;
  title: string;
  inputShape: number[];
  classes: number;
  batchSize: number;
  network: LayerNetwork | TransformerNetwork;
  /** Logits of the teacher: none, given with the batch, or computed in each step by `teacherNetwork`. */
  teacher: 'none' | 'given' | 'live';
  teacherNetwork?: LayerNetwork;
}

/** In the words of our own config files. */
export interface LayerNetwork {
  kind: 'layers';
  layers: ({ type: string } & Record<string, unknown>)[];
}

/** Pre-norm, exact GELU, no biases in the attention, mean over the tokens. */
export interface TransformerNetwork {
  kind: 'transformer';
  tokens: number;
  vocabulary: number;
  width: number;
  heads: number;
  hidden: number;
  blocks: number;
}

export const LEARNING_RATE = 1e-3;
export const TEMPERATURE = 4;
export const ALPHA = 0.9;

export const mlp = (...units: number[]): LayerNetwork => ({
  kind: 'layers',
  layers: units.map((count, i) => ({
    type: 'dense',
    units: count,
    activation: i + 1 < units.length ? 'relu' : 'linear',
  })),
});

const dropout = (rate: number) => ({ type: 'dropout', rate });
const dense = (units: number) => ({ type: 'dense', units, activation: 'relu' });
const conv = (filters: number) => ({ type: 'conv2d', filters, activation: 'relu', padding: 'valid' });
const last = { type: 'dense', units: 10 };
const flat = { inputShape: [784], classes: 10, batchSize: 128 };
const quick = { inputShape: [64], classes: 10, batchSize: 50 };
const quickTeacher: LayerNetwork = {
  kind: 'layers',
  layers: [dropout(0.1), dense(256), dropout(0.5), dense(256), dropout(0.5), last],
};

export const workloads: Workload[] = [
  {
    id: 'kd',
    title: 'KD, live teacher: 784-800-800-10 from 784-1200-1200-10',
    ...flat,
    network: mlp(800, 800, 10),
    teacher: 'live',
    teacherNetwork: mlp(1200, 1200, 10),
  },
  {
    id: 'teacher',
    title: 'Teacher: 784-1200-1200-10',
    ...flat,
    network: mlp(1200, 1200, 10),
    teacher: 'none',
  },
  {
    id: 'student',
    title: 'Student: 784-800-800-10, soft targets given',
    ...flat,
    network: mlp(800, 800, 10),
    teacher: 'given',
  },
  {
    id: 'cnn',
    title: 'CNN: 3×3 convolutions of 32 and 64, dense 128, on 28×28',
    inputShape: [28, 28, 1],
    classes: 10,
    batchSize: 128,
    network: {
      kind: 'layers',
      layers: [conv(32), conv(64), { type: 'maxPooling2d' }, { type: 'flatten' }, dense(128), last],
    },
    teacher: 'none',
  },
  {
    id: 'transformer',
    title: 'Transformer: 2 blocks, 64 wide, 4 heads, 32 tokens',
    inputShape: [32],
    classes: 10,
    batchSize: 128,
    network: {
      kind: 'transformer',
      ...{ tokens: 32, vocabulary: 1000, width: 64, heads: 4, hidden: 256, blocks: 2 },
    },
    teacher: 'none',
  },
  {
    id: 'quick-student',
    title: 'Quickstart’s student: 64-16-10, soft targets given',
    ...quick,
    network: mlp(16, 10),
    teacher: 'given',
  },
  {
    id: 'quick-teacher',
    title: 'Quickstart’s teacher: 64-256-256-10 with dropout',
    ...quick,
    network: quickTeacher,
    teacher: 'none',
  },
];
