import { isDeepStrictEqual } from 'node:util';
import type { Experiment } from '../config/resolved';
import type { RunFile } from './files';
import { identityOf, type Recipe } from './identity';
import { chooseFolders } from './planFolders';
import { draftBase, type Planned, type PlanFacts, type RunDraft } from './planned';

/** A teacher's run with its name. */
export interface NamedTeacher {
  name: string;
  planned: Planned;
}

/** A planned teacher with another network, and so with another identity and folder. */
export function withNetwork(
  { planned, name }: NamedTeacher,
  experiment: Experiment,
  { folders }: Pick<PlanFacts, 'folders'>,
  change: { recipe: Partial<Recipe>; draft: Partial<RunDraft>; seed: number },
): Planned {
  const recipe: Recipe = { ...planned.recipe, ...change.recipe };
  const identity = identityOf(recipe, change.seed);
  const parent = planned.folder.slice(0, planned.folder.lastIndexOf('/'));
  const [folder] = chooseFolders([{ parent, name, hash: identity.slice(0, 6) }], folders);
  const about = { ...draftBase(experiment, folder!), seed: change.seed, identity };
  return {
    ...planned,
    seed: change.seed,
    recipe,
    identity,
    folder: folder!,
    draft: { ...planned.draft, ...about, ...change.draft },
  };
}

/** The run of an ensemble: it trains nothing and combines its members. */
export function planEnsembleRun(
  experiment: Experiment,
  facts: Pick<PlanFacts, 'data' | 'folders'>,
  members: readonly NamedTeacher[],
  average: NonNullable<RunFile['ensemble']>['average'],
): Planned {
  const { name, origins } = experiment.teacher;
  const identities = members.map(({ planned }) => planned.identity);
  const first = members[0]!.planned;
  const shared = members.every(({ planned }) => isDeepStrictEqual(seenBy(planned), seenBy(first)));
  const planned = shared ? first : asRead(first, facts.data.inputShape);
  return withNetwork({ name, planned }, experiment, facts, {
    seed: 0,
    recipe: { network: { ensemble: { average, members: identities } }, training: null },
    draft: {
      network: {},
      ensemble: { average, members: members.map(referenceTo) },
      steps: 0,
      origins,
    },
  });
}

const seenBy = ({ draft }: Planned) => draft.data.preprocessing;

/** Members that see examples each in its own way are asked with examples as they are read. */
function asRead(planned: Planned, inputShape: number[]): Planned {
  const { recipe, draft } = planned;
  const without = <Data extends { preprocessing?: unknown }>({ preprocessing: _own, ...data }: Data) => data;
  return {
    ...planned,
    recipe: { ...recipe, data: without(recipe.data) },
    draft: { ...draft, data: { ...without(draft.data), inputShape } },
  };
}

/** As run.json names a teacher. */
export const referenceTo = ({ name, planned: { identity, folder, seed } }: NamedTeacher) => ({
  name,
  identity,
  folder,
  seed,
});
