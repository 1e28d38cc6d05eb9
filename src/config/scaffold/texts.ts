import { isAbsolute, posix } from 'node:path';
import { methods } from '../../methods/catalogue';
import { splitFor } from '../parts';
import { inputShapeOf, isDigits, type Answers, type OwnAnswer } from './answers';
import { SEEDS } from './estimate';
import {
  studentLayers,
  studentName,
  studentTraining,
  teacherLayers,
  teacherTraining,
  type WrittenLayer,
  type WrittenTraining,
} from './networks';

/** An object on one line, formatted as by Prettier. */
const inline = (value: object): string =>
  `{ ${Object.entries(value)
    .map(([key, v]) => `${JSON.stringify(key)}: ${inlineValue(v)}`)
    .join(', ')} }`;

function inlineValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inlineValue).join(', ')}]`;
  return typeof value === 'object' && value !== null ? inline(value) : JSON.stringify(value);
}

const budgetLine = (budget: WrittenTraining['budget']) => inline(budget).slice(2, -2);
const layerLines = (layers: WrittenLayer[]) => layers.map((layer) => `    ${inline(layer)}`).join(',\n');
const comment = (lines: string[], indent: string) => lines.map((line) => `${indent}// ${line}\n`).join('');

export const teacherFile = ({ teacher }: Answers): string =>
  teacher.id === 'saved' ? 'saved.teacher.json' : 'mlp-256.teacher.json';
export const studentFile = ({ student }: Answers): string => `${studentName(student)}.student.json`;

export function teacherText(answers: Answers, folder: string): string {
  const { teacher } = answers;
  if (teacher.id === 'saved')
    return `// The teacher: a saved TensorFlow.js Layers model, which is not trained. It must accept the inputs of the data and output logits.
{
  "model": ${JSON.stringify(fromFolder(folder, teacher.model))}
}
`;
  const { learningRate, batchSize, budget } = teacherTraining(answers);
  return `// The teacher: a wide network, trained once on all labels of the training part and reused by later runs.
{
  "layers": [
${layerLines(teacherLayers(answers))}
  ],
  "training": {
    "optimizer": { "type": "adam", "learningRate": ${learningRate} },
    "schedule": { "type": "cosine" },
    "batchSize": ${batchSize},
    ${budgetLine(budget)}
  }
}
`;
}

export function studentText(answers: Answers): string {
  const { student } = answers;
  const { learningRate, batchSize, budget } = studentTraining(answers);
  const own = [
    'Your layers, from the input to the logits (one unit for each class, no activation). Types: dense, conv2d,',
    'depthwiseConv2d, maxPooling2d, averagePooling2d, globalAveragePooling2d, batchNormalization, dropout, flatten,',
    'activation, residual.',
  ];
  return `// The student: the network to deploy. It is trained in the same way for scratch and every distilled arm.
{
${student.id === 'own' ? comment(own, '  ') : ''}  "layers": [
${layerLines(studentLayers(answers))}
  ],
  "training": {
    "optimizer": { "type": "adam", "learningRate": ${learningRate} },
    "schedule": { "type": "cosine" },
    "batchSize": ${batchSize},
    // The same budget for every arm. Only compare students that have converged; if in doubt, use more steps.
    ${budgetLine(budget)}
  }
}
`;
}

/** A path relative to `folder`; both are given relative to the root. */
const fromFolder = (folder: string, path: string) => (isAbsolute(path) ? path : posix.relative(folder, path));

const questions: Record<Answers['data']['id'], { question: string; headline: string[] }> = {
  digitsFew: {
    question: 'With the same 100 labelled digits and the same steps, does learning from a teacher help?',
    headline: [
      'A large network is trained on 1,000 labelled digits. A small one has only 100 of these labels. Is it better if it also',
      'learns from the outputs of the large one? Any gain comes from the other 900 labels, through the teacher.',
    ],
  },
  digitsAll: {
    question: 'If the student has all labels that its teacher had, does distillation still help?',
    headline: [
      'The student has all 1,000 labels, as its teacher had. The teacher then has no additional information, so distillation',
      'should give no gain, and the verdict should show that.',
    ],
  },
  csv: own(),
  npy: own(),
  idx: own(),
};

function own() {
  return {
    question: 'Is the distilled student better than the same network trained alone?',
    headline: [
      'A large network teaches a small one. For comparison, the same small network is trained alone with the same budget.',
    ],
  };
}

export function experimentText(answers: Answers, folder: string): string {
  const { question, headline } = questions[answers.data.id];
  return `${comment(headline, '')}{
  "description": ${JSON.stringify(question)},
${dataText(answers, folder)}
  "teacher": ${JSON.stringify(teacherFile(answers))},
  "student": ${JSON.stringify(studentFile(answers))},

  // The settings to compare. Scratch, the student trained without a teacher, is always added.
  "arms": [
${armLines(answers)}
  ],

  // Paired trainings: with the same seed, scratch and distilled share initialisation and data order. A verdict needs 4.
  "seeds": ${SEEDS}${answers.data.id === 'digitsAll' ? minGain : ''}
}
`;
}

const minGain = `,

  // The smallest gain that matters, in percentage points. With 500 test digits the interval is too wide for a smaller value.
  "minGain": 1.5`;

function dataText(answers: Answers, folder: string): string {
  const { data } = answers;
  if (!isDigits(data)) return ownDataText(data, folder);
  const shape = inputShapeOf(answers);
  const labels = `,
    // Students have the labels of 100 images; the teacher is trained on all 1,000.
    "labels": { "count": 100 }`;
  return `  "data": {
    // 1,797 handwritten digits of 8×8 pixels, included.
    "source": "digits",${shape.length > 1 ? `\n    "shape": ${inlineValue(shape)},` : ''}
    "split": { "train": 1000, "validation": 297, "test": 500, "seed": 0 }${data.id === 'digitsFew' ? labels : ''}
  },`;
}

function ownDataText({ config, count, classes }: OwnAnswer, folder: string): string {
  const moved = Object.entries<unknown>(config)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) =>
      typeof value === 'string' && ['file', 'images', 'inputs', 'labelFile'].includes(key)
        ? [key, fromFolder(folder, value)]
        : [key, value],
    );
  const lines = moved.map(([key, value]) => `    ${JSON.stringify(key)}: ${inlineValue(value)}`);
  const parts = config.split === undefined ? splitFor(count, classes) : null;
  const split = parts ? [`    "split": ${inlineValue(parts)}`] : [];
  return `  "data": {
    // To hide labels from the students (never from the teacher), add e.g. "labels": { "fraction": 0.2 }.
${[...lines, ...split].join(',\n')}
  },`;
}

function armLines({ method: { id }, data }: Answers): string {
  const { teacher, start } = methods.find((method) => method.id === id)!;
  const { comment: text, arm, unlabelled } = start;
  const name = teacher === 'none' ? {} : { name: 'distilled' };
  const first = `${comment([text], '    ')}    ${inline({ ...name, method: id, ...arm })}`;
  if (data.id !== 'digitsFew' || unlabelled === undefined) return first;
  return `${first},
    // Also uses the 900 unlabelled images, for which the teacher gives soft targets too.
    ${inline({ method: id, ...unlabelled, transferSet: 'all' })}`;
}
