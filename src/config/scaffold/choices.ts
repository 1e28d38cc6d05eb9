import type { Answers, StudentAnswer } from './answers';
import { isDigits } from './answers';
import { networkOf, teacherSeconds } from './estimate';
import { studentLayers, teacherLayers } from './networks';

/** A row of a question: what it is, its numbers, and a sentence. */
export interface Choice<Id extends string> {
  id: Id;
  label: string;
  description: string;
  detail: string;
  /** Answers that its row is an experiment of: how many trainings that is and how long they take is said behind `detail`. */
  whole?: Answers;
}
type Question = 'data' | 'teacher' | 'student' | 'method';

/**
 * The rows of each question, first the one that Enter takes. Their numbers follow from what has been answered before and,
 * for the questions still open, from `answers` as they stand.
 */
export const choices: { [Q in Question]: (answers: Answers) => Choice<Answers[Q]['id']>[] } = {
  data: (answers) => [
    {
      id: 'digitsFew',
      label: 'Digits, few labels',
      description: '100 labels, 8×8, included',
      detail: `The same small network, alone and taught: the clearest gain.`,
      whole: { ...answers, data: { id: 'digitsFew' } },
    },
    {
      id: 'digitsAll',
      label: 'Digits, all labels',
      description: '1,000 labels, 8×8, included',
      detail: `The teacher has nothing to add, and the verdict says so.`,
      whole: { ...answers, data: { id: 'digitsAll' } },
    },
    {
      id: 'csv',
      label: 'My data: CSV…',
      description: 'one example a row',
      detail: 'Numbers in columns, one of them the label.',
    },
    {
      id: 'npy',
      label: 'My data: NPY…',
      description: 'inputs [N, …], labels [N]',
      detail: 'Two arrays, as NumPy saves them.',
    },
    {
      id: 'idx',
      label: 'My data: IDX…',
      description: 'images and labels, .gz too',
      detail: 'The format of MNIST and Fashion-MNIST.',
    },
  ],

  teacher: (answers) => {
    const { title, total } = networkOf(teacherLayers(answers), answers);
    return [
      {
        id: 'train',
        label: 'Train one here',
        description: `${title}, ${count(total)} parameters`,
        detail: `${duration(teacherSeconds(answers), 'once')} Kept for every later run.`,
      },
      {
        id: 'saved',
        label: 'A saved model…',
        description: 'model.json of TensorFlow.js Layers',
        detail: 'Nothing to train. It must take the same inputs and give a logit for each class.',
      },
    ];
  },

  student: (answers) => {
    const row = (id: StudentAnswer['id']): Choice<StudentAnswer['id']> => {
      const asked = { ...answers, student: { id } };
      const { title, total } = networkOf(studentLayers(asked), asked);
      return { id, label: title, description: `${count(total)} parameters`, detail: ratio(asked, total) };
    };
    return [
      ...(['mlp16', 'mlp8', 'mlp64'] as const).map(row),
      ...(isDigits(answers.data) ? [row('cnn')] : []),
      {
        id: 'own',
        label: 'Write my own layers',
        description: 'opens the student file',
        detail: 'Begins as a small network; completion knows every layer.',
      },
    ];
  },

  method: (answers) => {
    const few = answers.data.id === 'digitsFew' ? ' A second arm adds the unlabelled images.' : '';
    const asked = (id: Answers['method']['id']) => ({ ...answers, method: { id } });
    return [
      {
        id: 'softTargets',
        label: 'Soft targets (KD)',
        description: 'T 4, α 0.9',
        detail: `α weighs the teacher, 1 − α the labels.${few}`,
        whole: asked('softTargets'),
      },
      {
        id: 'logitMatching',
        label: 'Logit matching',
        description: 'α 0.9, the high-T limit',
        detail: `The student matches the teacher’s logits themselves.${few}`,
        whole: asked('logitMatching'),
      },
      {
        id: 'labelSmoothing',
        label: 'Label smoothing',
        description: 'ε 0.1, no teacher',
        detail: `A control: softness without knowledge.`,
        whole: asked('labelSmoothing'),
      },
    ];
  },
};

const count = (n: number) => n.toLocaleString('en-GB');

function ratio(answers: Answers, parameters: number): string {
  if (answers.teacher.id === 'saved') return '';
  const times = networkOf(teacherLayers(answers), answers).total / parameters;
  const shown = times < 10 ? Math.round(times * 10) / 10 : Math.round(times);
  if (times < 1) return 'Not smaller than the teacher.';
  return `${shown}× smaller than the teacher.${parameters < 1000 ? ' A low T suits a narrow student.' : ''}`;
}

/** "About 40 s, once."; nothing where the time is not known. */
function duration(seconds: number | null, how: string): string {
  if (seconds === null) return '';
  const whole = Math.max(1, Math.round(seconds));
  const text =
    whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `About ${text}, ${how}.`;
}
