import { existsSync, createReadStream } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, basename } from 'node:path';
import { UserError } from '../../config/errors';
import type { Numerics } from '../../config/numerics';
import { runCommand, type CommandContext } from './command';
import { watchDownload } from './download';
import { SetUpCancelled } from './failures';
import type { CommandStage, Stage, SetupPlan } from './stage';
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';

export interface SetupStep {
  title: string;
  number: number;
  of: number;
}

export interface StageContext extends CommandContext {
  /** Tells of a stage before it begins. */
  show: (step: SetupStep) => void;
  /** Tells, twice a second, how many bytes of a download are there. */
  showDownload?: ((bytes: number, of: number) => void) | undefined;
  /** A real training on what was set up. @throws UserError where it does not go well */
  accept: () => Promise<Numerics>;
}

/** Runs the stages of a plan in order; returns the numerics of the training at its end. @throws UserError at the first that fails */
export async function runStages(plan: SetupPlan, context: StageContext): Promise<Numerics> {
  const told = plan.stages.filter((stage) => 'title' in stage);
  let numerics: Numerics | null = null;
  for (const stage of plan.stages) {
    if (context.signal.aborted) throw new SetUpCancelled('Cancelled.');
    if ('title' in stage)
      context.show({ title: stage.title, number: told.indexOf(stage) + 1, of: told.length });
    numerics = (await runStage(stage, context)) ?? numerics;
  }
  if (numerics === null) throw new Error('No stage accepts what was made.');
  return numerics;
}

async function runStage(stage: Stage, context: StageContext): Promise<Numerics | void> {
  const at = (path: string) => join(context.folder, path);
  switch (stage.kind) {
    case 'command':
      return runWatched(stage, context);
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
      return checkHash(at(stage.file), stage.sha256, context.signal);
    case 'accept':
      return context.accept();
  }
}

async function runWatched(stage: CommandStage, context: StageContext): Promise<void> {
  const { download } = stage;
  const { showDownload, folder, temporary } = context;
  const end =
    download && showDownload
      ? watchDownload([folder, temporary], download.ending, (size) => showDownload(size, download.bytes))
      : () => undefined;
  try {
    await runCommand(stage, context);
  } finally {
    end();
  }
}

/** @param expected SHA-256, hexadecimal @throws UserError where the file is missing or another one */
export async function checkHash(file: string, expected: string, signal?: AbortSignal): Promise<void> {
  if (!existsSync(file))
    throw new UserError(`${basename(file)} was not downloaded: the index gave another file, or none.`);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash, { signal });
  const found = hash.digest('hex');
  if (found !== expected)
    throw new UserError(
      `${basename(file)} is not the file that Distillery knows: its SHA-256 is ${found}, expected was ${expected}. It was not unpacked, and is deleted. Check which index pip is set to, and try again.`,
    );
}
