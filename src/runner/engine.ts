import { UserError } from '../config/errors';
import type { Numerics, WantedEngine } from '../config/numerics';
import { chooseEngine, type SelfTest } from '../engines/select';
import { SCHEMA_VERSION, type EngineFile } from '../runs/files';
import { writeEngine } from '../runs/folder';
import type { RunnerOptions } from './options';
import type { RunnableExperiment } from './missingItems';

/** Settles what an engine can be set to, and says why. */
export type Refine = (numerics: Numerics) => Promise<{ numerics: Numerics; why: string }>;

/**
 * The engine of an experiment: chosen once and written to engine.json, used ever after, since numbers of two engines are
 * not compared. `--retrain-on` chooses anew.
 *
 * @throws UserError where another one is asked for without saying so, or where none works
 */
export async function resolveEngine(
  { experiment, engine }: Pick<RunnableExperiment, 'experiment' | 'engine'>,
  { engine: override, retrainOn }: Pick<RunnerOptions, 'engine' | 'retrainOn'>,
  selfTest: SelfTest,
  refine: Refine,
): Promise<EngineFile> {
  if (engine !== null && retrainOn === undefined) {
    const conflict = engineConflict(experiment, engine, override);
    if (conflict !== null) throw new UserError(conflict);
    return engine;
  }
  const wanted = override ?? experiment.config.engine;
  const chosen = await chooseEngine(retrainOn ?? wanted, selfTest);
  const refined = chosen.numerics.engine === 'native' ? await refine(chosen.numerics) : null;
  const file: EngineFile = {
    schemaVersion: SCHEMA_VERSION,
    ...chosen,
    ...(refined && { numerics: refined.numerics, why: `${chosen.why} ${refined.why}` }),
    time: new Date().toISOString(),
  };
  writeEngine(experiment.runsFolder, file);
  return file;
}

/** Why the engine that is asked for cannot be used without more ado, as a sentence; null where it can. */
export function engineConflict(
  { name, config }: RunnableExperiment['experiment'],
  engine: EngineFile | null,
  override: WantedEngine | undefined,
): string | null {
  const wanted = override ?? config.engine;
  const used = engine?.numerics.engine;
  if (used === undefined || wanted === 'auto' || wanted === used) return null;
  return (
    `${name} was started on the engine "${used}" and "${wanted}" is requested now. Runs of different engines cannot be compared: ` +
    `train everything again with --retrain-on ${wanted}, or set "engine" back to "${used}".`
  );
}
