import { plural, times } from './format';
import type {
  ArmInput,
  FoundRun,
  Look,
  OtherLooks,
  Promised,
  PromisedArm,
  RunInput,
  SummaryInput,
} from './input';

/** Version of the rule by which verdicts are reached (docs/statistics.md). */
export const RULE = 1;

/** How the file and the runs differ from the promise. */
export interface AfterLook {
  /** What the file changed, each a sentence that says what the verdict uses instead. */
  changes: string[];
  /** Runs that were evaluated on the test set and were deleted. */
  deleted: number;
  /** Whether a run has test predictions although no look lists it: looks.jsonl was deleted or edited. */
  unlisted: boolean;
  /** Whether the test set is being read, or was not read to the end: every run of the file is trained and in a look. */
  opening: boolean;
  /** Whether every opening recorded its promise. */
  recorded: boolean;
}

/** What tells test sets apart: hashes of the data as they are read, and of the files; null or absent where unknown. */
export type TestSet = Pick<SummaryInput, 'test' | 'rows'>;

/** Whether two have the same test examples, perhaps read with another scale or shape. */
export const isSameTest = (a: TestSet, b: TestSet): boolean =>
  a.test === b.test || (a.rows !== undefined && a.rows === b.rows);

/** Of looks, those at the test set that the file has now. */
export const looksAtThis = ({ looks, ...own }: Pick<SummaryInput, 'looks' | 'test' | 'rows'>): Look[] =>
  looks.filter((look) => look.test === null || own.test === null || isSameTest(look, own));

/** A sentence on openings of the test set that the rule of the verdict does not count; none where there are none. */
export function otherLooksText(others: readonly OtherLooks[]): string[] {
  const count = others.reduce((sum, { looks }) => sum + looks, 0);
  if (count === 0) return [];
  const names = others.map(({ experiment }) => experiment).join(', ');
  return [
    `The same test set was also opened ${times(count)} by ${plural(others.length, 'other experiment')} (${names}). The verdict does not correct for that.`,
  ];
}

/**
 * The input with what was promised when the test set was first opened: the verdict is of these arms, seeds, primary arm and
 * minGain, whatever the file says since. Arms and seeds that left the file stay, and those whose folders are gone are there
 * as deleted.
 */
export function keepPromise(input: SummaryInput): { kept: SummaryInput; afterLook: AfterLook } {
  const looks = looksAtThis(input);
  const looked = new Set(looks.flatMap(({ runs }) => runs.map(({ identity }) => identity)));
  const marked = (arm: ArmInput): ArmInput => ({
    ...arm,
    runs: arm.runs.map((run) => markDeleted(run, looked)),
  });
  const students: Student[] = [
    ...input.scratches.map((arm) => ({ ...marked(arm), isScratch: true })),
    ...input.arms.map((arm) => ({ ...marked(arm), isScratch: false })),
  ];
  const merged = new Merged(students, input.found);
  const same = looks.filter(({ numerics }) => numerics === null || numerics === input.numerics);
  for (const look of same) merged.add(look.promise?.arms ?? armsOf(look));

  const promise = looks.find((look) => look.promise !== null)?.promise ?? null;
  const own = input.arms.find((arm) => arm.primary) ?? null;
  const headline = promise?.primary ? merged.armOf(promise, promise.primary) : null;
  const primary = headline ?? own?.slug ?? null;
  const minGain = promise?.minGain ?? input.minGain;
  const arms = merged.all
    .filter((arm) => !arm.isScratch)
    .map((arm) => ({ ...arm, primary: arm.slug === primary }));
  const beside = arms.find((arm) => arm.primary)?.scratch;
  const scratches = merged.all
    .filter((arm) => arm.isScratch)
    .sort((a, b) => Number(b.slug === beside) - Number(a.slug === beside));
  const title = (slug: string | null) => arms.find((arm) => arm.slug === slug)?.title ?? 'none';
  const changes = [
    ...(primary === (own?.slug ?? null)
      ? []
      : [
          `The headline is ${title(primary)}, which was primary when the test set was opened; the file now has ${title(own?.slug ?? null)}.`,
        ]),
    ...(minGain === input.minGain
      ? []
      : [
          `The verdict uses minGain ${minGain}, as when the test set was opened; the file now has ${input.minGain}.`,
        ]),
    ...merged.changes(),
    ...(same.length < looks.length
      ? [
          'Earlier openings of this test set were for runs of another engine: they count as looks but are not part of this verdict.',
        ]
      : []),
    ...(promise !== null && promise.rule !== RULE
      ? [`The verdict uses rule ${RULE}; rule ${promise.rule} applied when the test set was opened.`]
      : []),
  ];
  const all = [...scratches, ...arms].flatMap((arm) => arm.runs);
  return {
    kept: { ...input, minGain, arms, scratches, looks },
    afterLook: {
      changes,
      deleted: all.filter((run) => run.status === 'deleted').length,
      unlisted: input.unlisted !== null && (input.unlisted || all.some((run) => isUnlisted(run, looked))),
      opening: isOpening(input, looked),
      recorded: looks.every((look) => look.promise !== null),
    },
  };
}

type Student = ArmInput & { isScratch: boolean };

const isUnlisted = ({ test, identity }: RunInput, looked: ReadonlySet<string>) =>
  test !== null && identity !== null && !looked.has(identity);

function isOpening({ scratches, arms }: SummaryInput, looked: ReadonlySet<string>): boolean {
  const runs = [...scratches, ...arms].filter(({ ended }) => ended === null).flatMap((arm) => arm.runs);
  const isLooked = ({ status, identity }: RunInput) =>
    status === 'finished' && identity !== null && looked.has(identity);
  return runs.every(isLooked) && runs.some(({ test }) => test === null);
}

const markDeleted = (run: RunInput, looked: ReadonlySet<string>): RunInput =>
  run.status === 'queued' && run.identity !== null && looked.has(run.identity)
    ? { ...run, status: 'deleted' }
    : run;

/** The arms of a look without a promise. */
function armsOf({ runs }: Look): PromisedArm[] {
  const slugs = [...new Set(runs.map(({ arm }) => arm))];
  return slugs.map((slug) => ({
    slug,
    title: slug,
    scratch: /^scratch(-|$)/.test(slug),
    role: 'listed',
    pairedWith: null,
    recipe: '',
    runs: runs.filter(({ arm }) => arm === slug),
  }));
}

/** The arms of the file, merged with those evaluated at earlier looks. */
class Merged {
  private readonly slugs = new Map<PromisedArm, string>();
  constructor(
    readonly all: Student[],
    private readonly found: readonly FoundRun[],
  ) {}

  add(promised: readonly PromisedArm[]): void {
    for (const arm of promised) {
      const index = this.all.indexOf(this.hostOf(arm)!);
      const host = this.all[index];
      const there = new Set(host?.runs.map(({ identity }) => identity));
      const left = arm.runs.filter(({ identity }) => !there.has(identity)).map((run) => this.runOf(run, arm));
      if (host === undefined) this.slugs.set(arm, this.push(arm, left));
      else {
        this.slugs.set(arm, host.slug);
        if (left.length > 0) this.all[index] = { ...host, runs: [...host.runs, ...left].sort(bySeed) };
      }
    }
    for (const arm of promised) this.pair(arm, promised);
  }

  /** Slug, as it is now, of an arm of a promise; null where its runs are of another engine and the file has none so called. */
  armOf({ arms }: Promised, slug: string): string | null {
    const arm = arms.find((one) => one.slug === slug);
    const now = arm && this.slugs.get(arm);
    return now ?? this.all.find((one) => one.slug === slug && !one.isScratch)?.slug ?? null;
  }

  /** What was removed from the file, by arm. */
  changes(): string[] {
    return this.all.flatMap(({ title, left, runs }) => {
      if (left)
        return [
          `${title} was evaluated on the test set and is no longer in the file: it stays in the table and in the correction.`,
        ];
      const gone = runs.filter((run) => run.left);
      if (gone.length === 0) return [];
      const seeds = gone.map(({ seed }) => seed).join(', ');
      return [
        gone.length === 1
          ? `Seed ${seeds} of ${title} was evaluated on the test set and is no longer in the file: it stays in the verdict.`
          : `Seeds ${seeds} of ${title} were evaluated on the test set and are no longer in the file: they stay in the verdict.`,
      ];
    });
  }

  private hostOf(promised: PromisedArm): Student | undefined {
    const { recipe, slug, runs, scratch, role } = promised;
    const fits = this.all.filter((arm) => {
      if ((arm.role === 'confirmation') !== (role === 'confirmation')) return false;
      if (recipe !== '' && arm.recipe !== '') return arm.recipe === recipe && arm.isScratch === scratch;
      return arm.runs.some((run) => runs.some(({ identity }) => identity === run.identity));
    });
    const found = this.foundOf(promised)?.arm.recipe;
    return (
      fits.find((arm) => arm.slug === slug) ??
      fits[0] ??
      (found === undefined ? undefined : this.all.find((arm) => arm.recipe !== '' && arm.recipe === found))
    );
  }

  private foundOf({ runs, role }: PromisedArm): FoundRun | undefined {
    return this.found.find(
      ({ run, arm }) =>
        runs.some(({ identity }) => identity === run.identity) &&
        (arm.role === 'confirmation') === (role === 'confirmation'),
    );
  }

  private runOf({ seed, identity }: { seed: number; identity: string }, { role }: PromisedArm): RunInput {
    const found = this.found.find(
      ({ run, arm }) =>
        run.identity === identity && (arm.role === 'confirmation') === (role === 'confirmation'),
    );
    return { ...(found?.run ?? deletedRun(seed, identity)), left: true };
  }

  /** @returns its slug, which no other arm has */
  private push(promised: PromisedArm, runs: RunInput[]): string {
    const known = this.foundOf(promised)?.arm;
    const taken = new Set(this.all.map(({ slug }) => slug));
    let slug = promised.slug;
    for (let n = 1; taken.has(slug); n += 1) slug = `${promised.slug}-before${n === 1 ? '' : `-${n}`}`;
    this.all.push({
      ...(known ?? unknownArm(promised)),
      slug,
      title: `${known?.title ?? promised.title} · not in the file`,
      primary: false,
      role: promised.role,
      ended: null,
      scratch: known?.scratch ?? promised.pairedWith,
      isScratch: known?.isScratch ?? promised.scratch,
      left: true,
      runs: [...runs].sort(bySeed),
    });
    return slug;
  }

  /** An arm that left the file is compared with the scratch that it had. */
  private pair(promised: PromisedArm, beside: readonly PromisedArm[]): void {
    const index = this.all.findIndex((arm) => arm.left && arm.slug === this.slugs.get(promised));
    const arm = this.all[index];
    if (arm === undefined || arm.isScratch) return;
    const scratch = beside.find((one) => one.slug === promised.pairedWith);
    const named = scratch ? this.slugs.get(scratch) : arm.scratch;
    const scratches = this.all.filter((one) => one.isScratch);
    const found =
      scratches.find(({ slug }) => slug === named) ?? (scratches.length === 1 ? scratches[0] : undefined);
    this.all[index] = { ...arm, scratch: found?.slug ?? null };
  }
}

const bySeed = (a: RunInput, b: RunInput) => a.seed - b.seed;

const deletedRun = (seed: number, identity: string): RunInput => ({
  seed,
  identity,
  folder: '',
  status: 'deleted',
  steps: null,
  validation: null,
  test: null,
  parameters: null,
  bytes: null,
  multiplyAdds: null,
  latency: { batch1: null, batch32: null },
  peakMemory: { training: null, inference: null },
  trainingSeconds: null,
  cpuSeconds: null,
});

/** Of an arm whose runs are all gone. */
const unknownArm = ({ slug, title, role, pairedWith, recipe }: PromisedArm): Omit<ArmInput, 'runs'> => ({
  slug,
  title,
  primary: false,
  role,
  cell: null,
  ended: null,
  scratch: pairedWith,
  recipe,
  transferSet: null,
  labelled: null,
  temperature: null,
  softTargets: 'none',
});
