import { methods } from '../../methods/catalogue';
import { parametersText } from '../arms';
import type { Answers, StudentAnswer } from './answers';
import { isDigits } from './answers';
import { networkOf, teacherSeconds } from './estimate';
import { studentLayers, teacherLayers } from './networks';

/** An option of a question. */
export interface ScaffoldOption<Id extends string> {
  id: Id;
  label: string;
  description: string;
  detail: string;
  /** The answers with this option: the number of trainings and their duration are appended to `detail`. */
  whole?: Answers;
}
type Question = 'data' | 'teacher' | 'student' | 'method';

/**
 * The options of each question, the default first. Their numbers follow from `answers`: those given so far, and defaults for
 * the questions that are still open.
 */
export const choices: { [Q in Question]: (answers: Answers) => ScaffoldOption<Answers[Q]['id']>[] } = {
  data: (answers) => [
    {
      id: 'digitsFew',
      label: 'Digits, few labels',
      description: '100 labels, 8×8, included',
      detail: `The same small network with and without a teacher: shows the clearest gain.`,
      whole: { ...answers, data: { id: 'digitsFew' } },
    },
    {
      id: 'digitsAll',
      label: 'Digits, all labels',
      description: '1,000 labels, 8×8, included',
      detail: `The teacher has no additional knowledge, and the verdict shows it.`,
      whole: { ...answers, data: { id: 'digitsAll' } },
    },
    {
      id: 'csv',
      label: 'My data: CSV…',
      description: 'one example per row',
      detail: 'Columns of numbers or categories, one of them the label.',
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
        detail: [duration(teacherSeconds(answers), 'once'), 'Reused by later runs.']
          .filter(Boolean)
          .join(' '),
      },
      {
        id: 'saved',
        label: 'A saved model…',
        description: 'model.json of TensorFlow.js Layers',
        detail: 'No training. It must accept the same inputs and output one logit for each class.',
      },
    ];
  },

  student: (answers) => {
    const row = (id: StudentAnswer['id']): ScaffoldOption<StudentAnswer['id']> => {
      const asked = { ...answers, student: { id } };
      const { title, total } = networkOf(studentLayers(asked), asked);
      return {
        id,
        label: title,
        description: `${count(total)} parameters`,
        detail: ratio(asked, total) + (id === 'mlp8' ? ' A low T suits a narrow student.' : ''),
      };
    };
    return [
      ...(['mlp16', 'mlp8', 'mlp64'] as const).map(row),
      ...(isDigits(answers.data) ? [row('cnn')] : []),
      {
        id: 'own',
        label: 'Write my own layers',
        description: 'opens the student file',
        detail: 'Starts with a small network; completion lists all layers.',
      },
    ];
  },

  method: (answers) =>
    methods.map(({ id, title, summary, start: { arm, unlabelled } }) => {
      const second = answers.data.id === 'digitsFew' && unlabelled !== undefined;
      return {
        id,
        label: title,
        description: parametersText(arm),
        detail: `${summary}${second ? ' A second arm also uses the unlabelled images.' : ''}`,
        whole: { ...answers, method: { id } },
      };
    }),
};

const count = (n: number) => n.toLocaleString('en-GB');

function ratio(answers: Answers, parameters: number): string {
  if (answers.teacher.id === 'saved') return '';
  const times = networkOf(teacherLayers(answers), answers).total / parameters;
  const shown = times < 10 ? Math.round(times * 10) / 10 : Math.round(times);
  if (times < 1) return 'Not smaller than the teacher.';
  return `${shown}× smaller than the teacher.`;
}

/** "About 40 s, once."; empty if the time is not known. */
function duration(seconds: number | null, how: string): string {
  if (seconds === null) return '';
  const whole = Math.max(1, Math.round(seconds));
  const text =
    whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `About ${text}, ${how}.`;
}
