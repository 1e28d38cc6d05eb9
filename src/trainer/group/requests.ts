import type { GradientShare } from '../steps/share';
import type { Pending } from './barrier';
import type { Member, MemberBatch, MemberInputs, MemberStep } from './member';
import type { Program } from './program';

interface RequestOf<Kind, A, Result> extends Pending {
  readonly kind: Kind;
  readonly input: A;
  resolve(result: Result): void;
}
type StepRequest = RequestOf<'step', MemberStep, Record<string, number>>;
type ShareRequest = RequestOf<'share', MemberBatch, GradientShare>;
type LogitsRequest = RequestOf<'logits', MemberInputs, Float32Array>;

/** A call of a member's stepper, with the promise that waits for it. */
export type Request = StepRequest | ShareRequest | LogitsRequest;

/** Executes requests: those of one kind and with equally many examples are computed together. */
export function execute(program: Program, requests: readonly Request[]): void {
  const examples = ({ data }: MemberBatch) => data.positions.length;
  const of = <Kind extends Request['kind']>(kind: Kind) =>
    requests.filter((request): request is Extract<Request, { kind: Kind }> => request.kind === kind);
  executeBySize(of('share'), examples, (inputs) => program.share(inputs));
  executeBySize(of('step'), examples, (inputs) => program.step(inputs));
  executeBySize(
    of('logits'),
    ({ inputs }) => inputs.length,
    (inputs) => program.logits(inputs),
  );
}

function executeBySize<A extends { readonly member: Member }, Result>(
  requests: readonly RequestOf<unknown, A, Result>[],
  sizeOf: (input: A) => number,
  compute: (inputs: readonly A[]) => Result[],
): void {
  const bySize = new Map<number, RequestOf<unknown, A, Result>[]>();
  for (const request of requests) {
    const size = sizeOf(request.input);
    bySize.set(size, [...(bySize.get(size) ?? []), request]);
  }
  for (const equal of bySize.values()) {
    equal.sort((a, b) => a.input.member.index - b.input.member.index);
    compute(equal.map(({ input }) => input)).forEach((result, i) => equal[i]!.resolve(result));
  }
}
