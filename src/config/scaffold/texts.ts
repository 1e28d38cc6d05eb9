import { isAbsolute, posix } from 'node:path';
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

/** One object on one line, as Prettier leaves it. */
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
    return `// The teacher: a saved TensorFlow.js Layers model, used as it is. It must take the inputs of the data and give logits.
{
  "model": ${JSON.stringify(fromFolder(folder, teacher.model))}
}
`;
  const { learningRate, batchSize, budget } = teacherTraining(answers);
  return `// The teacher: a wide network, trained once on every label of the training part and kept for every later run.
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
  return `// The student: the network that is to be shipped. Scratch and every distilled arm train it in the same way.
{
${student.id === 'own' ? comment(own, '  ') : ''}  "layers": [
${layerLines(studentLayers(answers))}
  ],
  "training": {
    "optimizer": { "type": "adam", "learningRate": ${learningRate} },
    "schedule": { "type": "cosine" },
    "batchSize": ${batchSize},
    // The same budget for every arm. Compare students only when they have converged: give them more steps if in doubt.
    ${budgetLine(budget)}
  }
}
`;
}

/** A path seen from the root, as a file in `folder` (seen from the root too) writes it. */
const fromFolder = (folder: string, path: string) => (isAbsolute(path) ? path : posix.relative(folder, path));

const questions: Record<Answers['data']['id'], { question: string; headline: string[] }> = {
  digitsFew: {
    question: 'The same 100 labelled digits, the same steps, only the targets differ: does the teacher help?',
    headline: [
      'A big network has learned from 1,000 labelled digits. A small one has only 100 of the labels. Does it do better',
      'when it also learns what the big one answers? Whatever it gains is the other 900 labels, reaching it through the teacher.',
    ],
  },
  digitsAll: {
    question: 'The student has every label that its teacher had: is there anything left to gain?',
    headline: [
      'The student sees all 1,000 labels, as its teacher did. The teacher then knows nothing that the labels do not say,',
      'and distillation should bring nothing. An honest comparison shows that too.',
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
      'A big network teaches a small one; beside it the same small network trains alone, on the same budget.',
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

  // Settings to compare. Scratch, the student alone on its labels, is always added.
  "arms": [
${armLines(answers)}
  ],

  // Paired trainings: scratch and distilled of a seed share initialisation and order. A verdict needs 4.
  "seeds": ${SEEDS}${answers.data.id === 'digitsAll' ? minGain : ''}
}
`;
}

const minGain = `,

  // The smallest gain worth having, in percentage points. With 500 test digits the interval is too wide to exclude less.
  "minGain": 1.5`;

function dataText(answers: Answers, folder: string): string {
  const { data } = answers;
  if (!isDigits(data)) return ownDataText(data, folder);
  const shape = inputShapeOf(answers);
  const labels = `,
    // Students see the labels of 100 images; the teacher learned from all 1,000.
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
    // To hide labels from the students (never from the teacher), add e.g. "labels": { "count": 200 }.
${[...lines, ...split].join(',\n')}
  },`;
}

function armLines({ method, data }: Answers): string {
  const few = data.id === 'digitsFew';
  switch (method.id) {
    case 'softTargets':
      return `    // α weighs what the teacher says, 1 − α what the labels say. The temperature T softens both networks’ answers.
    { "name": "distilled", "method": "hinton", "temperature": 4, "alpha": 0.9 }${few ? unlabelled('"hinton", "temperature": 2') : ''}`;
    case 'logitMatching':
      return `    // The student matches the teacher’s logits themselves: soft targets at a very high temperature.
    { "name": "distilled", "method": "logitMatching", "alpha": 0.9 }${few ? unlabelled('"logitMatching"') : ''}`;
    case 'labelSmoothing':
      return `    // No teacher: every label is softened evenly. A control: is it what the teacher knows, or only the softness?
    { "method": "labelSmoothing", "epsilon": 0.1 }`;
  }
}

const unlabelled = (method: string) => `,
    // The 900 images without a label join in: the teacher can answer for them too.
    { "method": ${method}, "alpha": 0.9, "transferSet": "all" }`;
