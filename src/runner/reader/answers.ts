import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../config/errors';
import { discard, unlessMissing, writeAtomic } from '../../runs/atomic';

/** A longer answer is not kept, and so many are. */
const LONGEST = 1_000_000;
const MOST = 200;

/** Changes with the question, with path, size and times of each file, and with the program that reads. */
export async function answerKey(
  program: string,
  kind: string,
  files: readonly string[],
  question: unknown,
): Promise<string> {
  const stamps = await Promise.all(
    files.map(async (file) => {
      const there = await unlessMissing(stat(file));
      // A change of permissions is one too.
      return there && [there.size, there.mtimeMs, there.ctimeMs];
    }),
  );
  return sha256(JSON.stringify([program, kind, question, files, stamps]));
}

export const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');

/** Answers on disk, by their keys. It is a cache: what goes wrong with it is no reason not to read the files. */
export class Answers {
  constructor(private readonly folder: string) {}

  /** Undefined where there is none. */
  async find(key: string): Promise<unknown> {
    try {
      const { answer } = JSON.parse(await readFile(this.fileOf(key), 'utf8')) as { answer: unknown };
      return answer;
    } catch {
      return undefined;
    }
  }

  keep(key: string, answer: unknown): void {
    const text = JSON.stringify({ answer });
    if (text.length > LONGEST) return;
    try {
      writeAtomic(this.fileOf(key), text);
      this.forgetOldest();
    } catch (error) {
      if (!(error instanceof UserError) && !(error instanceof Error && 'code' in error)) throw error;
    }
  }

  private forgetOldest(): void {
    const files = readdirSync(this.folder).map((name) => join(this.folder, name));
    if (files.length <= MOST) return;
    const aged = files
      .map((file) => ({ file, time: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
      .sort((a, b) => b.time - a.time);
    for (const { file } of aged.slice(MOST)) discard(file);
  }

  private fileOf(key: string): string {
    return join(this.folder, `${key}.json`);
  }
}
