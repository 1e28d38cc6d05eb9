import type { GradientShare } from '../steps/share';
import type { Asked, AskedLogits, AskedStep, Member } from './asked';
import type { Program } from './program';
import type { Waiting } from './rounds';

interface Of<Kind, A, Answer> extends Waiting {
  readonly kind: Kind;
  readonly asked: A;
  take(answer: Answer): void;
}
type StepQuestion = Of<'step', AskedStep, Record<string, number>>;
type ShareQuestion = Of<'share', Asked, GradientShare>;
type LogitsQuestion = Of<'logits', AskedLogits, Float32Array>;

/** What a stepper is asked, with who waits for the answer. */
export type Question = StepQuestion | ShareQuestion | LogitsQuestion;

/** Answers a round: what is of one kind and about as many examples is computed at once. */
export function answer(program: Program, questions: readonly Question[]): void {
  const examples = ({ data }: Asked) => data.positions.length;
  const of = <Kind extends Question['kind']>(kind: Kind) =>
    questions.filter((question): question is Extract<Question, { kind: Kind }> => question.kind === kind);
  answerAlike(of('share'), examples, (asked) => program.share(asked));
  answerAlike(of('step'), examples, (asked) => program.step(asked));
  answerAlike(
    of('logits'),
    ({ inputs }) => inputs.length,
    (asked) => program.logits(asked),
  );
}

function answerAlike<A extends { readonly member: Member }, Answer>(
  questions: readonly Of<unknown, A, Answer>[],
  sizeOf: (asked: A) => number,
  compute: (asked: readonly A[]) => Answer[],
): void {
  const bySize = new Map<number, Of<unknown, A, Answer>[]>();
  for (const question of questions) {
    const size = sizeOf(question.asked);
    bySize.set(size, [...(bySize.get(size) ?? []), question]);
  }
  for (const alike of bySize.values()) {
    alike.sort((a, b) => a.asked.member.place - b.asked.member.place);
    compute(alike.map(({ asked }) => asked)).forEach((one, i) => alike[i]!.take(one));
  }
}
