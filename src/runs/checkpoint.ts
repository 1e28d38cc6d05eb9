import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { z } from 'zod';
import { UserError } from '../config/errors';
import { codeOf, writeAtomic } from './atomic';
import { runFiles } from './layout';

/** Numbers with a name: a weight, or a part of the optimizer's state. */
export interface NamedArray {
  name: string;
  shape: number[];
  data: Float32Array;
}

/** Everything that a training needs to continue as if it had never stopped. */
export interface Checkpoint {
  /** Optimizer steps done. */
  step: number;
  /** The best so far by early stopping's metric; without early stopping, every one. */
  selected: boolean;
  /** Counters, as JSON. Random numbers are functions of the step and need no state. */
  state: Record<string, unknown>;
  arrays: NamedArray[];
}

// magic, length of the header (uint32, little-endian), header (JSON), the arrays as float32, SHA-256 of all before it.
const MAGIC = Buffer.from('DISTCKP1');
const HASH_BYTES = 32;

const headerSchema = z.object({
  step: z.int().min(0),
  selected: z.boolean(),
  state: z.record(z.string(), z.unknown()),
  arrays: z.array(z.object({ name: z.string(), shape: z.array(z.int().min(0)) })),
});

/** Writes `checkpoints/<step>.ckpt` whole or not at all; gives its path relative to the run's folder. @throws UserError */
export function writeCheckpoint(folder: string, checkpoint: Checkpoint): string {
  const file = runFiles(folder).checkpoint(checkpoint.step);
  writeAtomic(file, encode(checkpoint));
  return relative(folder, file).replaceAll('\\', '/');
}

/** @throws UserError where the file is damaged or not a checkpoint. */
export function readCheckpoint(file: string): Checkpoint {
  return decode(readFileSync(file), file);
}

/** The newest one that is whole; null where there is none. */
export const newestCheckpoint = (folder: string) => newest(folder, () => true);

/** The newest whole one that was selected. */
export const selectedCheckpoint = (folder: string) => newest(folder, (checkpoint) => checkpoint.selected);

/** Deletes all but the newest complete checkpoint and the newest selected one. */
export function pruneCheckpoints(folder: string): void {
  const last = newestCheckpoint(folder);
  if (last === null) return;
  const selected = last.selected ? last : selectedCheckpoint(folder);
  for (const step of listSteps(folder))
    if (step !== last.step && step !== selected?.step)
      rmSync(runFiles(folder).checkpoint(step), { force: true });
}

function newest(folder: string, wanted: (checkpoint: Checkpoint) => boolean): Checkpoint | null {
  for (const step of listSteps(folder)) {
    try {
      const checkpoint = readCheckpoint(runFiles(folder).checkpoint(step));
      if (wanted(checkpoint)) return checkpoint;
    } catch (error) {
      // Damaged, or pruned meanwhile: use an older one.
      if (!(error instanceof UserError) && codeOf(error) !== 'ENOENT') throw error;
    }
  }
  return null;
}

/** Newest first. */
function listSteps(folder: string): number[] {
  try {
    return readdirSync(runFiles(folder).checkpoints)
      .flatMap((name) => /^(\d+)\.ckpt$/.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => b - a);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

function encode({ arrays, ...rest }: Checkpoint): Buffer {
  const header = Buffer.from(
    JSON.stringify({ ...rest, arrays: arrays.map(({ name, shape }) => ({ name, shape })) }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const body = Buffer.concat([
    MAGIC,
    length,
    header,
    ...arrays.map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
  ]);
  return Buffer.concat([body, sha256(body)]);
}

function decode(bytes: Buffer, file: string): Checkpoint {
  const damaged = new UserError(
    `${file} is not a complete checkpoint: it is damaged or truncated. Resume from an older one.`,
  );
  const body = bytes.subarray(0, -HASH_BYTES);
  if (body.length < MAGIC.length + 4 || !body.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged;
  if (!sha256(body).equals(bytes.subarray(-HASH_BYTES))) throw damaged;
  const headerEnd = MAGIC.length + 4 + body.readUInt32LE(MAGIC.length);
  const header = headerSchema.parse(JSON.parse(body.toString('utf8', MAGIC.length + 4, headerEnd)));
  let at = headerEnd;
  const arrays = header.arrays.map(({ name, shape }) => {
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    Buffer.from(data.buffer).set(body.subarray(at, at + data.byteLength));
    at += data.byteLength;
    return { name, shape, data };
  });
  return { ...header, arrays };
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
