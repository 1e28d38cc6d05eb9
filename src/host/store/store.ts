import { EventEmitter, RelativePattern, workspace, type Disposable, type Memento } from 'vscode';
import { errorText } from '../../config/errors';
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { configKind } from '../../config/kinds';
import type { Readable } from '../reader';
import { ExperimentRecord } from './experimentRecord';
import { isActive, type ExperimentView } from './views';

const ACTIVE_EVERY = 250;
const VISIBLE_EVERY = 1000;
const ADDED_FOLDERS = 'distillery.addedFolders';
const EXPERIMENTS = '**/*.distill.json';
const CONFIGS = '**/{*.distill.json,*.teacher.json,*.student.json,distillery.json}';
const RUN_FILES = '**/{runner.json,plan.json,run.json,result.json}';

interface Log {
  error(message: string): void;
}

/**
 * The state of all experiments, from which sidebar, panel and commands are derived. It reads files only, so it also finds runs
 * that were started before a reload or on another machine.
 */
export class Store implements Disposable {
  private readonly records = new Map<string, ExperimentRecord>();
  private readonly changed = new EventEmitter<ExperimentView | undefined>();
  private readonly disposables: Disposable[] = [this.changed];
  private readonly watching = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private polling = false;
  private disposed = false;
  private round: Promise<void> = Promise.resolve();
  private nextRound: Promise<void> | null = null;

  /** Resolves after the workspace has been read for the first time. */
  readonly ready: Promise<void>;
  /** The experiment that changed; undefined: the list changed. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly memory: Memento,
    private readonly log: Log,
    private readonly reader: Readable,
  ) {
    const configs = workspace.createFileSystemWatcher(CONFIGS);
    const runs = workspace.createFileSystemWatcher(RUN_FILES);
    this.disposables.push(
      configs,
      configs.onDidCreate(() => void this.refresh()),
      configs.onDidDelete(() => void this.refresh()),
      configs.onDidChange(({ fsPath }) => void this.reloadWith(fsPath)),
      runs,
      runs.onDidCreate(({ fsPath }) => this.noticeRun(fsPath)),
      runs.onDidChange(() => this.wake()),
      runs.onDidDelete(() => this.wake()),
      workspace.onDidChangeWorkspaceFolders(() => void this.refresh()),
      workspace.onDidGrantWorkspaceTrust(() => void this.refresh()),
    );
    this.ready = this.refresh();
  }

  get experiments(): readonly ExperimentView[] {
    return [...this.records.values()];
  }

  get(key: string): ExperimentView | undefined {
    return this.records.get(key);
  }

  /** Finds the experiments and reads all of them again. Calls during a refresh share the next one. */
  refresh(): Promise<void> {
    this.nextRound ??= this.round
      .catch(() => undefined)
      .then(() => {
        this.nextRound = null;
        return (this.round = this.readAll());
      });
    return this.nextRound;
  }

  /** Reads one experiment again, e.g. after its file was saved. */
  async reload(key: string): Promise<ExperimentView | undefined> {
    const record = this.records.get(key);
    if (record) {
      await record.load();
      this.changed.fire(record);
      this.wake();
    }
    return record;
  }

  /** Reloads the experiments that use a changed config file; distillery.json affects all. */
  private async reloadWith(file: string): Promise<void> {
    const all = configKind(file) === 'settings';
    for (const record of this.records.values()) if (all || record.reads(file)) await this.reload(record.key);
  }

  /** Runs outside any plan (from a script, or restored) are found by their run.json. */
  private noticeRun(file: string): void {
    const known = [...this.records.values()].some(({ runs }) =>
      runs.some(({ folder }) => folder === dirname(file)),
    );
    if (basename(file) === 'run.json' && !known) void this.refresh();
    else this.wake();
  }

  /** Polls one experiment now, e.g. after a request to its runner. */
  async look(key: string): Promise<void> {
    const record = this.records.get(key);
    if (record && (await record.poll())) this.changed.fire(record);
    this.wake();
  }

  /** Also reads the events of these runs, even if they are finished. */
  async follow(key: string, runs: Iterable<string>): Promise<void> {
    await this.records.get(key)?.follow(runs);
  }

  /** Adds a folder of runs from anywhere; remembered for this workspace. */
  async addFolder(folder: string): Promise<void> {
    const folders = new Set(this.addedFolders).add(folder);
    await this.memory.update(ADDED_FOLDERS, [...folders]);
    await this.refresh();
  }

  async removeFolder(folder: string): Promise<void> {
    await this.memory.update(
      ADDED_FOLDERS,
      this.addedFolders.filter((added) => added !== folder),
    );
    await this.refresh();
  }

  /** Polls while a view is visible, so that runs started elsewhere appear soon. */
  watch(who: string, visible: boolean): void {
    if (visible) this.watching.add(who);
    else this.watching.delete(who);
    if (visible) this.wake();
  }

  /** Polls soon, and continues while anything runs or is visible. */
  wake(): void {
    if (this.timer || this.polling || this.disposed) return;
    this.timer = setTimeout(() => void this.poll(), ACTIVE_EVERY);
  }

  dispose(): void {
    this.disposed = true;
    if (this.timer) clearTimeout(this.timer);
    for (const disposable of this.disposables) disposable.dispose();
  }

  private get addedFolders(): string[] {
    return this.memory.get<string[]>(ADDED_FOLDERS, []).filter((folder) => existsSync(folder));
  }

  private async readAll(): Promise<void> {
    const found = await findExperiments();
    const wanted = new Map<string, boolean>(found.map((file) => [file, true]));
    // An added folder contains only results, which an untrusted workspace does not show.
    if (this.reader.now !== null) for (const folder of this.addedFolders) wanted.set(folder, false);
    const before = [...this.records.keys()].join('\n');
    for (const key of this.records.keys()) if (!wanted.has(key)) this.records.delete(key);
    for (const [key, runnable] of wanted)
      if (!this.records.has(key)) this.records.set(key, new ExperimentRecord(key, runnable, this.reader));
    await Promise.all([...this.records.values()].map((record) => this.guarded(record, () => record.load())));
    // Redrawing the whole tree can lose a click, so the list event is sent only when the list changed.
    if ([...this.records.keys()].join('\n') !== before) this.changed.fire(undefined);
    else for (const record of this.records.values()) this.changed.fire(record);
    this.wake();
  }

  private async poll(): Promise<void> {
    this.timer = null;
    this.polling = true;
    const records = [...this.records.values()];
    await Promise.all(
      records.map((record) =>
        this.guarded(record, async () => {
          if (await record.poll()) this.changed.fire(record);
        }),
      ),
    );
    this.polling = false;
    if (this.disposed) return;
    // A watcher may miss what happens in a folder that has just been created.
    if (records.some(({ key }) => !existsSync(key))) void this.refresh();
    const active = records.some((record) => isActive(record) || record.unsettled);
    if (active || this.watching.size > 0)
      this.timer = setTimeout(() => void this.poll(), active ? ACTIVE_EVERY : VISIBLE_EVERY);
  }

  /** An error in one experiment must not affect the others. */
  private async guarded(record: ExperimentRecord, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.log.error(`${record.key}: ${errorText(error)}`);
    }
  }
}

/** Absolute paths of experiment files on disk, sorted by name within each workspace folder. */
async function findExperiments(): Promise<string[]> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const found = await Promise.all(
    folders.map(async (folder) => {
      const files = await workspace.findFiles(
        new RelativePattern(folder, EXPERIMENTS),
        '**/{node_modules,runs,.distillery}/**',
      );
      return files.map((file) => file.fsPath).sort();
    }),
  );
  return [...new Set(found.flat())];
}
