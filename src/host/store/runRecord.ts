import { existsSync } from 'node:fs';
import type { ProbesFile, ResultFile, RunFile } from '../../runs/files';
import { readProbes, readResult, readRunFile } from '../../runs/folder';
import { runFiles } from '../../runs/layout';
import type { RunDraft } from '../../runs/plan';
import { runStatus, type RunState } from '../../runs/status';
import { RunTail } from '../../runs/tail';
import { RunHistory } from './history';
import type { RunView } from './views';

const UNTOUCHED: RunState = {
  status: 'queued',
  attempt: null,
  step: null,
  message: null,
  cause: null,
  pid: null,
  host: null,
  time: null,
};

/** Follows the folder of one run. */
export class RunRecord implements RunView {
  file: RunFile | null = null;
  result: ResultFile | null = null;
  probes: ProbesFile | null = null;
  state = UNTOUCHED;
  history = new RunHistory();
  ended = false;
  /** Why run.json cannot be read, as a sentence. */
  problem: string | null = null;
  private tail: RunTail;
  private followed = false;

  constructor(
    readonly folder: string,
    readonly planId: string | null,
    private readonly draft: RunDraft | null,
  ) {
    this.tail = new RunTail(folder);
  }

  get id(): string {
    return this.folder;
  }

  get spec(): RunFile | RunDraft | null {
    return this.file ?? this.draft;
  }

  /** Its folder was deleted. */
  get gone(): boolean {
    return !existsSync(runFiles(this.folder).run);
  }

  get kind(): RunView['kind'] {
    if (this.spec?.kind === 'teacher') return 'teacher';
    return this.spec?.arm?.scratch ? 'scratch' : 'distilled';
  }

  get seed(): number {
    return this.spec?.seed ?? 0;
  }

  /** Reads what changed on disk; true if anything did. A finished run does not change, but it may be deleted. */
  async refresh(): Promise<boolean> {
    if (this.state.status === 'finished' && this.result) {
      if (existsSync(runFiles(this.folder).result)) return false;
      this.forget();
      return true;
    }
    const before = this.state;
    this.state = await runStatus(this.folder);
    if (this.file === null) {
      const { value, problem } = await readRunFile(this.folder);
      this.file = value;
      this.problem = problem;
    }
    if (this.state.status === 'finished') this.result = (await readResult(this.folder)).value;
    const grown = this.followed || this.state.status === 'running' ? await this.follow() : false;
    const same = before.status === this.state.status && before.step === this.state.step;
    return grown || !same;
  }

  private forget(): void {
    this.state = UNTOUCHED;
    this.file = this.result = this.probes = null;
    this.history = new RunHistory();
    this.tail = new RunTail(this.folder);
  }

  /** Reads new events now and with every refresh from now on; true if there were any. */
  async follow(): Promise<boolean> {
    this.followed = true;
    const events = await this.tail.read();
    for (const event of events) this.history.apply(event);
    if (this.probes === null) this.probes = (await readProbes(this.folder)).value;
    return events.length > 0;
  }
}
