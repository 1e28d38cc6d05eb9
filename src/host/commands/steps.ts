import { l10n, QuickInputButtons, window, type QuickInput, type QuickPickItem } from 'vscode';

/** A row of a Quick Pick and its answer. */
export interface QuestionRow<T> extends QuickPickItem {
  value: T;
}

interface Question {
  title: string;
  placeholder: string;
}
export interface PickQuestion<T> extends Question {
  choices: readonly QuestionRow<T>[];
  /** The earlier answer, if the user came back to this question. */
  answered?: T | undefined;
}
export interface PickManyQuestion<T> extends Question {
  /** Those that are picked have a check mark at first. */
  choices: readonly QuestionRow<T>[];
}
export interface TextQuestion extends Question {
  value: string;
  prompt: string;
  /** Why the text is not valid, or null. */
  check: (text: string) => Promise<string | null>;
}

/** The number of a question, shown as "(2/5)"; a Back button from the second on, and for questions within a step. */
export interface StepPosition {
  step: number;
  steps: number;
  isWithin?: boolean;
}

export const BACK = Symbol('back');
export const CANCELLED = Symbol('cancelled');
export type Answer<T> = T | typeof BACK | typeof CANCELLED;

/**
 * Asks the questions in turn. Back keeps earlier answers, and from the first question on is the answer; Escape cancels.
 * Each question stores its answer, so that later ones can depend on it.
 */
export async function askInTurn(
  questions: ((position: StepPosition) => Promise<Answer<void>>)[],
): Promise<Answer<void>> {
  for (let at = 0; at < questions.length;) {
    const answer = await questions[at]?.({ step: at + 1, steps: questions.length });
    if (answer === CANCELLED) return CANCELLED;
    at += answer === BACK ? -1 : 1;
    if (at < 0) return BACK;
  }
}

export function pick<T>(question: PickQuestion<T>, position: StepPosition): Promise<Answer<T>> {
  const input = window.createQuickPick<QuestionRow<T>>();
  input.items = question.choices;
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  const before = question.choices.find((c) => c.value === question.answered);
  if (before) input.activeItems = [before];
  return shown(input, question, position, (resolve) =>
    input.onDidAccept(() => {
      const [chosen] = input.selectedItems.length > 0 ? input.selectedItems : input.activeItems;
      if (chosen) resolve(chosen.value);
    }),
  );
}

/** Several rows of one list. */
export function pickMany<T>(question: PickManyQuestion<T>, position: StepPosition): Promise<Answer<T[]>> {
  const input = window.createQuickPick<QuestionRow<T>>();
  input.canSelectMany = true;
  input.items = question.choices;
  input.selectedItems = question.choices.filter(({ picked }) => picked);
  return shown(input, question, position, (resolve) =>
    input.onDidAccept(() => resolve(input.selectedItems.map(({ value }) => value))),
  );
}

/** `typed` receives every change, so that Back does not lose the text. */
export function enterText(
  question: TextQuestion,
  position: StepPosition,
  typed: (text: string) => void,
): Promise<Answer<string>> {
  const input = window.createInputBox();
  input.value = question.value;
  input.prompt = question.prompt;
  const check = async (text: string) => {
    const problem = await question.check(text);
    if (input.value === text) input.validationMessage = problem ?? '';
    return problem;
  };
  void check(question.value);
  input.onDidChangeValue((text) => {
    typed(text);
    void check(text);
  });
  return shown(input, question, position, (resolve) =>
    input.onDidAccept(async () => {
      const text = input.value;
      if ((await check(text)) === null) resolve(text);
    }),
  );
}

type Shown = QuickInput & {
  placeholder: string | undefined;
  buttons: readonly unknown[];
  onDidTriggerButton: (listener: (button: unknown) => void) => unknown;
};

function shown<T>(
  input: Shown,
  question: Question,
  position: StepPosition,
  listen: (resolve: (value: T) => void) => unknown,
): Promise<Answer<T>> {
  input.title = l10n.t('{0} ({1}/{2})', question.title, position.step, position.steps);
  input.placeholder = question.placeholder;
  input.ignoreFocusOut = true;
  input.buttons = position.step > 1 || position.isWithin ? [QuickInputButtons.Back] : [];
  return new Promise<Answer<T>>((resolve) => {
    listen(resolve);
    input.onDidTriggerButton((button) => button === QuickInputButtons.Back && resolve(BACK));
    input.onDidHide(() => resolve(CANCELLED));
    input.show();
  }).finally(() => input.dispose());
}

/** Stores an answer; Back and Cancel are returned as they are. */
export function storeAnswer<T>(answer: Answer<T>, store: (value: T) => unknown): Answer<void> {
  if (answer === BACK) return BACK;
  if (answer === CANCELLED) return CANCELLED;
  store(answer);
  return undefined;
}
