import { l10n, QuickInputButtons, window, type QuickInput, type QuickPickItem } from 'vscode';

/** A row of a question, with the answer it stands for. */
export interface Choice<T> extends QuickPickItem {
  value: T;
}

interface Question {
  title: string;
  placeholder: string;
}
export interface PickQuestion<T> extends Question {
  choices: readonly Choice<T>[];
  /** What was answered before, when the person comes back to this question. */
  answered?: T | undefined;
}
export interface TextQuestion extends Question {
  value: string;
  prompt: string;
  /** A sentence that says why this cannot be, or null. */
  check: (text: string) => Promise<string | null>;
}

/** Where a question stands in its row of questions: "(2/5)", and with a way back from the second on. */
export interface Place {
  step: number;
  steps: number;
}

export const BACK = Symbol('back');
export const CANCELLED = Symbol('cancelled');
export type Answer<T> = T | typeof BACK | typeof CANCELLED;

/**
 * Asks one question after the other. Back keeps what was answered; Escape ends it all with false.
 * Each question stores its own answer, so that the next ones can depend on it.
 */
export async function askInTurn(questions: ((place: Place) => Promise<Answer<void>>)[]): Promise<boolean> {
  for (let at = 0; at < questions.length;) {
    const answer = await questions[at]?.({ step: at + 1, steps: questions.length });
    if (answer === CANCELLED) return false;
    at += answer === BACK ? -1 : 1;
  }
  return true;
}

export function pick<T>(question: PickQuestion<T>, place: Place): Promise<Answer<T>> {
  const input = window.createQuickPick<Choice<T>>();
  input.items = question.choices;
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  const before = question.choices.find((c) => c.value === question.answered);
  if (before) input.activeItems = [before];
  return shown(input, question, place, (resolve) =>
    input.onDidAccept(() => {
      const [chosen] = input.selectedItems.length > 0 ? input.selectedItems : input.activeItems;
      if (chosen) resolve(chosen.value);
    }),
  );
}

/** `typed` gets every change, so that going back does not lose it. */
export function enterText(
  question: TextQuestion,
  place: Place,
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
  return shown(input, question, place, (resolve) =>
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
  place: Place,
  listen: (resolve: (value: T) => void) => unknown,
): Promise<Answer<T>> {
  input.title = l10n.t('{0} ({1}/{2})', question.title, place.step, place.steps);
  input.placeholder = question.placeholder;
  input.ignoreFocusOut = true;
  input.buttons = place.step > 1 ? [QuickInputButtons.Back] : [];
  return new Promise<Answer<T>>((resolve) => {
    listen(resolve);
    input.onDidTriggerButton((button) => button === QuickInputButtons.Back && resolve(BACK));
    input.onDidHide(() => resolve(CANCELLED));
    input.show();
  }).finally(() => input.dispose());
}
