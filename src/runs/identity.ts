import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Numerics } from '../config/numerics';
import type { Layer } from '../config/layers';
import type { Preprocessing } from '../config/preprocessing';
import type { TakenOff } from '../config/savedModel/ending';
import type { Training } from '../config/training';
import type { Method } from '../methods/method';

/**
 * All that decides what comes out of a run, and nothing else: no name of an experiment, arm or teacher, no path, no list of
 * seeds. Names of layers are in it, since a weight's first values are drawn by its name.
 */
export interface Recipe {
  schemaVersion: number;
  kind: 'teacher' | 'student';
  /** Layers, or the SHA-256 of a saved model's files, or the identities of those that answer together. */
  network:
    | { layers: Layer[] }
    /** What of the model is not as it was saved is there only where it is not. */
    | { model: string; takenOff?: TakenOff; classes?: number[] }
    | { ensemble: { average: 'probabilities' | 'logits' | 'specialists'; members: string[] } }
    | { specialist: { generalist: string; index: number; count: number } };
  /** Null where a saved model is only loaded, or others answer together. The budget in steps, whichever way the file says it. */
  training: (Omit<Training, 'epochs' | 'steps'> & { steps: number }) | null;
  method: MethodRecipe;
  transferSet: 'labelled' | 'all';
  /** Numbers of the classes that the transfer set holds, ascending; absent where it holds all. */
  transferClasses?: number[];
  /** Of what is read, in examples: so that writing out a default is no change. */
  data: {
    hash: string;
    train: number;
    validation: number;
    test: number;
    splitSeed: number;
    stratified: boolean;
    /** How many labelled examples, or the SHA-256 of the rows that a file names. */
    labelled: number | string;
    /** Absent where examples are seen as they are read. */
    preprocessing?: Preprocessing;
  };
  /** Identity of the teacher (its recipe's, not its weights'); null where the method asks none. */
  teacher: string | null;
  /** How many of its logits are kept for an example; absent where all are. */
  topK?: number;
  numerics: Numerics | null;
}

export interface MethodRecipe {
  id: string;
  parameters: Record<string, unknown>;
  weights: Record<string, number>;
  /** Of the method; absent where it is 1, so that runs from before there were versions keep their identity. */
  version?: number;
}

export function methodRecipe(
  { version }: Pick<Method, 'version'>,
  { id, parameters, weights }: MethodRecipe,
): MethodRecipe {
  return { id, parameters, weights, ...(version > 1 && { version }) };
}

/** SHA-256, hexadecimal, of the canonical JSON (RFC 8785) of a recipe and its seed. */
export function identityOf(recipe: Recipe, seed: number): string {
  return sha256({ ...recipe, seed });
}

/** Six digits for a folder's name: of the recipe without its seed, so that the seeds of an arm share a folder. */
export const shortHash = (recipe: Recipe) => sha256(recipe).slice(0, 6);

/** Of anything that is made of other identities, such as an evaluation. */
export function sha256(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex');
}
