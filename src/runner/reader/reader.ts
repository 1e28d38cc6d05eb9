import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { storageFolder } from '../../engines/storage';
import type { Answer, Kind, Question, Reader } from '../../data/reader';
import { answerKey, Answers, sha256 } from './answers';
import { usualLimits, type Limits } from './process';
import { askProcess } from './process';

interface Options {
  limits?: Limits;
  /** Of the answers that are kept. */
  folder?: string;
}

/** The reader of host, command line and runner: a process for each question that was not answered before. */
export class ProcessReader implements Reader {
  private readonly program: string;
  private readonly limits: Limits;
  private readonly answers: Answers;
  private version: Promise<string> | null = null;
  /** By their keys: what is being read, and what could not be. An editor asks after every change of a text. */
  private readonly asked = new Map<string, Promise<unknown>>();
  /** By their files: the last question about them. */
  private readonly last = new Map<string, Promise<unknown>>();
  private readonly closing = new AbortController();

  /** @param dist the folder of the built programs; data.js is one of them */
  constructor(
    dist: string,
    { limits = usualLimits(), folder = join(storageFolder(), 'answers') }: Options = {},
  ) {
    this.program = join(dist, 'data.js');
    this.limits = limits;
    this.answers = new Answers(folder);
  }

  async ask<K extends Kind>(
    kind: K,
    files: readonly string[],
    question: Question<K>,
    signal?: AbortSignal,
  ): Promise<Answer<K>> {
    // Another program, or the same one mended, may answer otherwise.
    this.version ??= readFile(this.program).then(sha256);
    const key = await answerKey(await this.version, kind, files, question);
    const find = () => this.find(key, { kind, question }, files, signal);
    // What one can cancel is not shared with others.
    return (await (signal ? find() : this.shared(key, find))) as Answer<K>;
  }

  /** What could not be read is tried again when it is asked for. */
  forget(): void {
    this.asked.clear();
  }

  /** Ends what is being read. */
  dispose(): void {
    this.closing.abort();
  }

  private shared(key: string, find: () => Promise<unknown>): Promise<unknown> {
    const asking = this.asked.get(key) ?? find();
    this.asked.set(key, asking);
    asking.then(
      () => this.asked.delete(key),
      () => undefined,
    );
    return asking;
  }

  private async find(
    key: string,
    task: { kind: Kind; question: unknown },
    files: readonly string[],
    signal?: AbortSignal,
  ): Promise<unknown> {
    const known = await this.answers.find(key);
    if (known !== undefined) return known;
    const signals = signal ? [this.closing.signal, signal] : [this.closing.signal];
    const answer = await this.inTurn(files, () =>
      askProcess(this.program, task, files, this.limits, signals),
    );
    this.answers.keep(key, answer);
    return answer;
  }

  /** The same files are not read by two processes at a time. */
  private inTurn<T>(files: readonly string[], read: () => Promise<T>): Promise<T> {
    const set = [...files].sort().join('\n');
    const turn = (this.last.get(set) ?? Promise.resolve()).catch(() => undefined).then(read);
    this.last.set(set, turn);
    const end = () => {
      if (this.last.get(set) === turn) this.last.delete(set);
    };
    turn.then(end, end);
    return turn;
  }
}
