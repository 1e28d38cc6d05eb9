import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Diagnostic } from '../../config/document';
import { UserError } from '../../config/errors';
import { configName } from '../../config/kinds';
import { filesOf, type Arm, type Experiment } from '../../config/resolved';
import { findRoot } from '../../config/root';
import type { Summary } from '../../results/summary';
import { collectSummary } from '../../runs/collect';
import { collectFolder } from '../../runs/collectFolder';
import { workloadOf } from '../../runs/workload';
import { discover } from '../../runs/discover';
import { removedRunFolders } from '../../runs/removedRuns';
import type { EngineFile } from '../../runs/files';
import { absoluteFolder } from '../../runs/folder';
import { experimentFiles } from '../../runs/layout';
import { readLease } from '../../runs/lease';
import { isAlive } from '../../runs/liveness';
import type { Plan } from '../../runs/plan';
import { countFutureTrainings } from '../../runs/futureRuns';
import { adoptRuns } from '../../runs/moveRuns';
import { NAME_TAKEN, prepare, type Prepared } from '../../runs/prepare';
import { phaseOf, type Phase } from '../../runner/phase';
import { stopRequested } from '../../runs/stop';
import type { Readable } from '../reader';
import { describeNetworks } from './networks';
import { RunRecord } from './runRecord';
import { inPlan, isWanted, statusOf, type ExperimentState, type ExperimentView } from './views';

const SUMMARY_EVERY = 1000;
/** The summary of a large sweep takes seconds: summarizing may take a tenth of the time. */
const REST = 9;

/** Follows one experiment through its files, its plan and its run folders; never talks to the runner. */
export class ExperimentRecord implements ExperimentView {
  readonly name: string;
  runs: RunRecord[] = [];
  summary: Summary | null = null;
  estimate: number | null = null;
  later = 0;
  phase: Phase | null = null;
  problem: string | null = null;
  unread = true;
  networks: ExperimentView['networks'] = { teacher: null, student: null };
  arms: readonly Arm[] = [];
  private prepared: Prepared | null = null;
  private runner: 'none' | 'alive' | 'gone' = 'none';
  private stopping = false;
  private planned = '';
  private summaryDue = true;
  private summaryTime = 0;
  private summaryPause = SUMMARY_EVERY;
  private following = new Set<string>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    readonly key: string,
    readonly runnable: boolean,
    private readonly reader: Readable,
  ) {
    this.name = runnable ? configName(key) : basename(key);
  }

  get experiment(): Experiment | null {
    return this.prepared?.experiment ?? null;
  }
  get diagnostics(): readonly Diagnostic[] {
    return this.prepared?.diagnostics ?? [];
  }
  get plan(): Plan | null {
    return this.prepared?.plan ?? null;
  }
  get engine(): EngineFile | null {
    return this.prepared?.engine ?? null;
  }
  get root(): string {
    return this.experiment?.root ?? (this.runnable ? findRoot(this.key).root : this.key);
  }
  get runsFolder(): string {
    if (!this.runnable) return this.key;
    return this.experiment?.runsFolder ?? join(this.root, 'runs', this.name);
  }
  get missing(): number {
    return this.runs.filter((r) => isWanted(r) && statusOf(r) !== 'finished').length + this.later;
  }

  /** The runs under its name belong to another experiment. */
  private get isNameTaken(): boolean {
    return this.diagnostics.some(({ code }) => code === NAME_TAKEN);
  }

  /** An experiment with errors names no files: it is read again after every change. */
  reads(file: string): boolean {
    const { experiment } = this;
    return !experiment || filesOf(experiment).includes(file);
  }

  /** A summary is due although nothing is running. */
  get unsettled(): boolean {
    return this.summaryDue && this.prepared?.plan !== null;
  }

  get state(): ExperimentState {
    if (this.runner === 'alive') return this.stopping ? 'stopping' : 'running';
    const asked = this.runnable ? this.runs.filter(isWanted) : this.runs;
    const statuses = new Set(asked.map(statusOf));
    if (statuses.has('running')) return 'running';
    if (statuses.has('failed')) return 'failed';
    if (statuses.has('interrupted') || (this.runner === 'gone' && statuses.has('queued')))
      return 'interrupted';
    if (statuses.has('stopped') || statuses.has('paused')) return 'stopped';
    return statuses.has('finished') ? 'finished' : 'empty';
  }

  /** Reads everything again, after a change of the config files or of the plan. */
  load(): Promise<void> {
    return this.inTurn(() => this.readAll());
  }

  /** Reads what is new; true if anything changed. */
  poll(): Promise<boolean> {
    return this.inTurn(() => this.readNew());
  }

  /** From now on also reads the events of these runs, even if they are finished. */
  follow(ids: Iterable<string>): Promise<void> {
    this.following = new Set(ids);
    return this.inTurn(() => this.readFollowed());
  }

  /** Serialised, since two concurrent reads would read the same lines twice. */
  private inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.turn.then(action);
    this.turn = result.catch(() => undefined);
    return result;
  }

  private async readAll(): Promise<void> {
    const reader = this.reader.now;
    if (reader === null) {
      this.prepared = await prepare(this.key, null);
      return;
    }
    this.unread = false;
    this.planned = await this.stamp();
    const known = new Map(this.runs.map((run) => [run.folder, run]));
    const keep = (record: RunRecord) => {
      const old = known.get(record.folder);
      return old?.planId === record.planId ? old : record;
    };
    this.runs = (this.runnable ? await this.plannedRuns() : await this.foundRuns()).map(keep);
    const ended = new Set(
      this.prepared?.plan?.items.flatMap((item) => (item.ended === undefined ? [] : item.id)),
    );
    for (const run of this.runs) run.ended = run.planId !== null && ended.has(run.planId);
    await Promise.all(this.runs.map((run) => run.refresh()));
    await this.lookAtRunner();
    await this.lookAtPhase();
    await this.readFollowed();
    this.summaryDue = true;
    await this.summarize();
    await this.estimateTime();
  }

  private async readNew(): Promise<boolean> {
    if (this.unread) return false;
    if ((await this.stamp()) !== this.planned) {
      await this.readAll();
      return true;
    }
    const before = this.state;
    const phase = this.phase;
    await this.lookAtRunner();
    const statuses = this.runs.map(statusOf).join();
    const changes = await Promise.all(this.runs.map((run) => run.refresh()));
    const changed = this.runs.map(statusOf).join() !== statuses;
    // At its end the runner opens the test set, which changes the summary but no run.
    if (changed || before !== this.state) this.summaryDue = true;
    const there = this.runs.filter((run) => inPlan(run) || !run.gone);
    const fewer = there.length < this.runs.length;
    this.runs = there;
    const summarized = await this.summarize();
    if (before !== this.state || (changed && this.runner !== 'alive')) await this.estimateTime();
    await this.lookAtPhase();
    return summarized || fewer || before !== this.state || phase !== this.phase || changes.includes(true);
  }

  private async readFollowed(): Promise<void> {
    await Promise.all(this.runs.filter((run) => this.following.has(run.id)).map((run) => run.follow()));
  }

  private async plannedRuns(): Promise<RunRecord[]> {
    const reader = this.reader.now;
    // Runs that a process is writing cannot be moved yet; they are moved after it has ended.
    if (reader !== null)
      await adoptRuns(this.key, reader).catch((error: unknown) => {
        if (!(error instanceof UserError)) throw error;
      });
    const prepared = (this.prepared = await prepare(this.key, reader));
    const { plan } = prepared;
    this.arms = plan?.arms ?? [];
    this.networks = describeNetworks(prepared);
    const items = plan?.items.filter((item) => item.kind === 'teacher' || item.kind === 'run') ?? [];
    const planned = items.map(
      (item) => new RunRecord(absoluteFolder(this.root, item), item.id, plan?.drafts.get(item.id) ?? null),
    );
    if (this.isNameTaken) return [];
    const others = plan ? await removedRunFolders(prepared) : (await discover(this.runsFolder)).runs;
    return [...planned, ...others.map((folder) => new RunRecord(folder, null, null))];
  }

  private async foundRuns(): Promise<RunRecord[]> {
    const { runs } = await discover(this.key);
    return runs.map((folder) => new RunRecord(folder, null, null));
  }

  private async lookAtRunner(): Promise<void> {
    const lease = this.isNameTaken ? null : await readLease(experimentFiles(this.runsFolder).runner);
    this.runner = lease === null ? 'none' : (await isAlive(lease)) ? 'alive' : 'gone';
    this.stopping = this.runner === 'alive' && stopRequested(this.runsFolder);
  }

  private async lookAtPhase(): Promise<void> {
    const { experiment, plan } = this;
    const trained = this.runs.filter(isWanted).every((run) => statusOf(run) === 'finished');
    this.phase =
      this.runner === 'alive' && trained && experiment && plan ? await phaseOf(experiment, plan) : null;
  }

  /** At most once a second, and less often if it takes long: it reads the predictions of every finished run. */
  private async summarize(): Promise<boolean> {
    if (!this.summaryDue || Date.now() - this.summaryTime < this.summaryPause) return false;
    if (this.runnable && !this.prepared?.plan) return false;
    this.summaryDue = false;
    const begun = Date.now();
    this.problem = null;
    try {
      this.summary = this.prepared ? await collectSummary(this.prepared) : await collectFolder(this.key);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.problem = error.message;
    }
    this.summaryTime = Date.now();
    this.summaryPause = Math.max(SUMMARY_EVERY, REST * (this.summaryTime - begun));
    return true;
  }

  private async estimateTime(): Promise<void> {
    const { prepared, experiment } = this;
    if (!prepared?.plan || !experiment) return;
    this.estimate = (await workloadOf(prepared)).seconds;
    this.later = countFutureTrainings(experiment, prepared.plan);
  }

  /** Changes when the plan, the engine (which changes run folders) or the looks change, or when runs are added. */
  private async stamp(): Promise<string> {
    if (!this.runnable) return (await discover(this.key)).runs.join('\n');
    const files = experimentFiles(this.runsFolder);
    const times = await Promise.all(
      [files.plan, files.engine, files.looks].map((file) =>
        stat(file).then(
          ({ mtimeMs, size }) => `${mtimeMs}:${size}`,
          () => '-',
        ),
      ),
    );
    return times.join();
  }
}
