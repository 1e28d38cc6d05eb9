import { join } from 'node:path';
import { l10n, ThemeIcon, Uri, window } from 'vscode';
import { UserError } from '../../config/errors';
import type { ScaffoldOption } from '../../config/scaffold/choices';
import { studentFile } from '../../config/scaffold/texts';
import {
  choices,
  defaultAnswers,
  experimentFolder,
  experimentPath,
  freeName,
  nameProblem,
  scaffoldExperiment,
  suggestedName,
  writeScaffold,
  type Answers,
} from '../../config/scaffold';
import type { Host } from '../host';
import type { Readable } from '../reader';
import { foldersHere } from './newFiles';
import { scaffoldEstimate } from './scaffoldEstimate';
import { askOwnData, askSavedModel } from './ownData';
import {
  askInTurn,
  BACK,
  CANCELLED,
  enterText,
  pick,
  storeAnswer,
  type Answer,
  type StepPosition,
} from './steps';

const icons: Record<string, string> = {
  digitsFew: 'symbol-number',
  digitsAll: 'symbol-number',
  csv: 'table',
  npy: 'symbol-array',
  idx: 'file-binary',
  train: 'mortar-board',
  saved: 'file-binary',
  own: 'json',
  softTargets: 'flame',
  logitMatching: 'flame',
  labelSmoothing: 'flame',
};

/** Asks five questions (six with several folders), then writes three files and opens the experiment. */
export async function newExperiment(host: Host): Promise<void> {
  const folders = foldersHere();
  const [first] = folders;
  if (!first)
    throw new UserError(l10n.t('Open a folder on disk first: experiments are stored as files in it.'));
  const wizard = new Wizard(first.uri.fsPath, host.reader);
  const whichFolder = (position: StepPosition) => wizard.askFolder(position);
  const questions = [
    ...(folders.length > 1 ? [whichFolder] : []),
    (position: StepPosition) => wizard.askData(position),
    (position: StepPosition) => wizard.askTeacher(position),
    (position: StepPosition) => wizard.askStudent(position),
    (position: StepPosition) => wizard.askMethod(position),
    (position: StepPosition) => wizard.askName(position),
  ];
  if ((await askInTurn(questions)) === CANCELLED) return;
  const { folder, answers } = wizard;
  writeScaffold(folder, scaffoldExperiment(answers, folder));
  await host.store.refresh();
  await window.showTextDocument(Uri.file(join(folder, experimentPath(answers.name))), { preview: false });
  if (answers.student.id === 'own') {
    const student = join(folder, experimentFolder(answers.name), studentFile(answers));
    await window.showTextDocument(Uri.file(student), { preview: false });
  }
}

/** The answers so far. Nothing is written before the last answer. */
class Wizard {
  answers: Answers = { ...defaultAnswers };
  /** The name that the user typed; until then it is derived from the data. */
  private name: string | null = null;

  constructor(
    public folder: string,
    private readonly reader: Readable,
  ) {}

  async askFolder(position: StepPosition): Promise<Answer<void>> {
    const rows = foldersHere().map(({ name, uri }) => ({
      label: name,
      description: uri.fsPath,
      value: uri.fsPath,
    }));
    const question = { title: l10n.t('New Experiment: folder'), placeholder: l10n.t('Which folder?') };
    const folder = await pick({ ...question, choices: rows, answered: this.folder }, position);
    return storeAnswer(folder, (value) => (this.folder = value));
  }

  async askData(position: StepPosition): Promise<Answer<void>> {
    for (;;) {
      const id = await this.ask('data', l10n.t('data'), l10n.t('What should the student learn?'), position);
      if (id === BACK || id === CANCELLED) return id;
      const data =
        id === 'digitsFew' || id === 'digitsAll'
          ? { id }
          : await askOwnData(id, this.folder, this.reader, position);
      // Ask again after Back, and where the file dialog was closed.
      if (data !== undefined && data !== BACK)
        return storeAnswer(data, (value) => (this.answers = { ...this.answers, data: value }));
    }
  }

  async askTeacher(position: StepPosition): Promise<Answer<void>> {
    const asks = l10n.t('Where does the teacher come from?');
    for (;;) {
      const id = await this.ask('teacher', l10n.t('teacher'), asks, position);
      if (id === BACK || id === CANCELLED) return id;
      const teacher = id === 'train' ? { id } : await askSavedModel(this.folder);
      if (teacher)
        return storeAnswer(teacher, (value) => (this.answers = { ...this.answers, teacher: value }));
    }
  }

  async askStudent(position: StepPosition): Promise<Answer<void>> {
    const id = await this.ask(
      'student',
      l10n.t('student'),
      l10n.t('How large should the student be?'),
      position,
    );
    return storeAnswer(id, (value) => (this.answers = { ...this.answers, student: { id: value } }));
  }

  async askMethod(position: StepPosition): Promise<Answer<void>> {
    const id = await this.ask(
      'method',
      l10n.t('method'),
      l10n.t('Which method should train the student?'),
      position,
    );
    return storeAnswer(id, (value) => (this.answers = { ...this.answers, method: { id: value } }));
  }

  async askName(position: StepPosition): Promise<Answer<void>> {
    const name = await enterText(
      {
        title: l10n.t('New Experiment: name'),
        placeholder: l10n.t('Name of the experiment'),
        value: this.name ?? freeName(this.folder, suggestedName(this.answers.data)),
        prompt: l10n.t('Creates three files in the experiments folder and opens the experiment.'),
        check: (text) => Promise.resolve(nameProblem(this.folder, text.trim())),
      },
      position,
      (text) => (this.name = text),
    );
    return storeAnswer(name, (value) => (this.answers = { ...this.answers, name: value.trim() }));
  }

  private async ask<Q extends keyof typeof choices>(
    question: Q,
    title: string,
    placeholder: string,
    position: StepPosition,
  ): Promise<Answer<Answers[Q]['id']>> {
    const rows: ScaffoldOption<Answers[Q]['id']>[] = choices[question](this.answers);
    const { now: reader } = this.reader;
    const details = await Promise.all(
      rows.map(async ({ detail, whole }) =>
        whole && reader !== null ? detail + (await scaffoldEstimate(this.folder, whole, reader)) : detail,
      ),
    );
    return pick(
      {
        title: l10n.t('New Experiment: {0}', title),
        placeholder,
        answered: this.answers[question].id,
        choices: rows.map(({ id, label, description }, i) => ({
          value: id,
          label,
          description,
          detail: details[i] ?? '',
          iconPath: new ThemeIcon(icons[id] ?? 'person'),
        })),
      },
      position,
    );
  }
}
