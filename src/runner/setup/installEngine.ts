import { UserError } from '../../config/errors';
import type { Numerics } from '../../config/numerics';
import type { NodeRuntime } from '../node';
import { createSelfTest } from '../selfTest';
import { SetUpCancelled } from './failures';
import { runStages, type SetupStep } from './runStages';
import { makeStaging, ENGINE_NAMES, putInPlace, type SetupPaths } from './setupPaths';
import type { SetupPlan } from './stage';

export interface SetUpOptions {
  /** Absolute path of dist/trainer.js. */
  trainerPath: string;
  /** The Node that trains. */
  runtime: Pick<NodeRuntime, 'path' | 'environment'>;
  plan: SetupPlan;
  show: (step: SetupStep) => void;
  showDownload?: (bytes: number, of: number) => void;
  log?: (line: string) => void;
  signal: AbortSignal;
  storage?: string;
}

export interface SetUpResult {
  folder: string;
  numerics: Numerics;
}

export type Logged = SetUpOptions & Required<Pick<SetUpOptions, 'log'>>;

/** @throws UserError that says what went wrong, and where the log is */
export async function installEngine(options: Logged, where: SetupPaths): Promise<SetUpResult> {
  try {
    return await installStaged(options, where);
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof SetUpCancelled) throw error;
    options.log(error.message);
    throw new UserError(
      `The ${ENGINE_NAMES[where.engine]} could not be set up. ${error.message} The log is ${where.log}.`,
    );
  }
}

async function installStaged(options: Logged, where: SetupPaths): Promise<SetUpResult> {
  await makeStaging(where);
  const { signal, plan } = options;
  const numerics = await runStages(plan, {
    ...options,
    folder: where.staging,
    temporary: where.temporary,
    environment: { ...options.runtime.environment, ...temporaryFolder(where.temporary) },
    spaceBytes: plan.spaceBytes,
    accept: () => accept(options, where),
  });
  if (signal.aborted) throw new SetUpCancelled('Cancelled.');
  await putInPlace(where);
  return { folder: where.folder, numerics };
}

/** As the systems call it, each in its own way. */
const temporaryFolder = (folder: string) => ({ TMPDIR: folder, TEMP: folder, TMP: folder });

/** A real training step, in a process that is thrown away and sees the staging folder in the place of the storage folder. */
async function accept({ runtime, trainerPath, log, signal }: Logged, where: SetupPaths): Promise<Numerics> {
  const environment = { ...runtime.environment, DISTILLERY_STORAGE: where.stagingStorage };
  const command = { trainerPath, nodeArguments: [], runtime: { path: runtime.path, environment } };
  const outcome = await createSelfTest(command, log, { signal })(where.engine);
  if (signal.aborted) throw new SetUpCancelled('Cancelled.');
  if (!outcome.ok) throw new UserError(outcome.reason);
  return outcome.numerics;
}
