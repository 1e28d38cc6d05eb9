import { existsSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../config/errors';
import type { Numerics } from '../../config/numerics';
import { runCommand, type Surroundings } from './command';
import { watchDownload } from './download';
import { SetUpCancelled } from './failures';
import { checkHash } from './hash';
import type { CommandStage, Stage, Way } from './stage';

export interface Step {
  title: string;
  number: number;
  of: number;
}

export interface Performance extends Surroundings {
  /** Tells of a stage before it begins. */
  show: (step: Step) => void;
  /** Tells, twice a second, how many bytes of a download are there. */
  showDownload?: ((bytes: number, of: number) => void) | undefined;
  /** A real training on what was set up. @throws UserError where it does not go well */
  accept: () => Promise<Numerics>;
}

/** Does the stages of a way in turn; what came of the training at its end. @throws UserError at the first that fails */
export async function perform(way: Way, performance: Performance): Promise<Numerics> {
  const told = way.stages.filter((stage) => 'title' in stage);
  let numerics: Numerics | null = null;
  for (const stage of way.stages) {
    if (performance.signal.aborted) throw new SetUpCancelled('Cancelled.');
    if ('title' in stage)
      performance.show({ title: stage.title, number: told.indexOf(stage) + 1, of: told.length });
    numerics = (await performStage(stage, performance)) ?? numerics;
  }
  if (numerics === null) throw new Error('No stage accepts what was made.');
  return numerics;
}

async function performStage(stage: Stage, performance: Performance): Promise<Numerics | void> {
  const at = (path: string) => join(performance.folder, path);
  switch (stage.kind) {
    case 'command':
      return runWatched(stage, performance);
    case 'write':
      return writeFile(at(stage.file), stage.text);
    case 'folder':
      return void (await mkdir(at(stage.path), { recursive: true }));
    case 'link':
      await mkdir(dirname(at(stage.path)), { recursive: true });
      return symlink(stage.target, at(stage.path));
    case 'remove':
      return rm(at(stage.path), { recursive: true, force: true });
    case 'expect':
      if (!existsSync(at(stage.file)))
        throw new UserError(`${stage.otherwise} ${at(stage.file)} is not there.`);
      return;
    case 'hash':
      return checkHash(at(stage.file), stage.sha256, performance.signal);
    case 'accept':
      return performance.accept();
  }
}

async function runWatched(stage: CommandStage, performance: Performance): Promise<void> {
  const { download } = stage;
  const { showDownload, folder, temporary } = performance;
  const end =
    download && showDownload
      ? watchDownload([folder, temporary], download.ending, (size) => showDownload(size, download.bytes))
      : () => undefined;
  try {
    await runCommand(stage, performance);
  } finally {
    end();
  }
}
