import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { commands, env, Uri, workspace, type Disposable, type WebviewPanel } from 'vscode';
import { errorText } from '../../config/errors';
import {
  type Snapshot,
  PROTOCOL,
  type Classes,
  type HostMessage,
  type PanelMessage,
  type RunDetails,
  type Tab,
} from '../../messages';
import { configName } from '../../config/kinds';
import { openFile, reveal, saveBytes } from '../editorFiles';
import type { Readable } from '../reader';
import { settings } from '../settings';
import type { Target } from '../sidebar/nodes';
import type { Store } from '../store/store';
import { statusOf, type ExperimentView } from '../store/views';
import { ClassesOfArm } from './classes';
import { readDetails } from './details';
import { panelHtml } from './html';
import { imageBytes, readPanelMessage } from './inbound';
import { PanelLaboratory } from './laboratory';
import { Newest } from './newest';
import { otherArms } from './others';
import { drawnRuns, shownRun, type Selection } from './selection';
import { buildSnapshot } from './snapshot';
import { Throttle } from './throttle';

const POST_EVERY = 100;
const DETAILS_EVERY = 1000;

interface Log {
  warn(message: string): void;
  error(message: string): void;
}

/** What the page is to show, and the number of the last request that changed it. */
interface Asked {
  request: number;
  selection: Selection;
  tab: Tab;
  compared: readonly string[];
  /** The example that the Temperature page requested. */
  row: number | null;
}

interface ReadDetails {
  run: string;
  status: string;
  time: number;
  value: RunDetails | null;
}

/** The page of one experiment: posts snapshots while it is visible, and handles its messages. */
export class ExperimentPanel implements Disposable {
  /** Disposed with this page; the panel may show another one afterwards. */
  readonly disposables: Disposable[] = [];
  private readonly posts = new Newest<Asked>((asked, isOvertaken) => this.post(asked, isOvertaken));
  private readonly throttle = new Throttle(() => void this.posts.ask(this.asked), POST_EVERY);
  private readonly laboratory: PanelLaboratory;
  private details: ReadDetails | null = null;
  private readonly classes: ClassesOfArm;
  /** A new object after each change. */
  private asked: Asked;
  /** The tab to open once the page is ready. */
  private wanted: Tab | null = null;
  private followed = '';
  private pageReady = false;

  constructor(
    readonly key: string,
    readonly panel: WebviewPanel,
    private readonly store: Store,
    private readonly log: Log,
    reader: Readable,
    extension: Uri,
    selection: Selection,
    compared: readonly string[],
  ) {
    this.asked = { request: 0, selection, tab: 'overview', compared, row: null };
    const dist = Uri.joinPath(extension, 'dist', 'webview');
    const name = store.get(key)?.name ?? configName(key);
    panel.title = name;
    panel.iconPath = Uri.joinPath(extension, 'media', 'icon.png');
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.throttle.paused = true;
    this.laboratory = new PanelLaboratory(() => this.throttle.request(), log, reader);
    this.classes = new ClassesOfArm(reader);
    this.disposables.push(
      panel.webview.onDidReceiveMessage((message) => this.receive(message)),
      panel.onDidChangeViewState(() => this.visibilityChanged()),
      workspace.onDidChangeConfiguration(
        (change) => change.affectsConfiguration('distillery') && this.throttle.request(),
      ),
      store.onDidChange((view) => {
        if (view === undefined || view.key === key) this.throttle.request();
      }),
    );
    panel.webview.html = panelHtml({
      cspSource: panel.webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      script: panel.webview.asWebviewUri(Uri.joinPath(dist, 'panel.js')).toString(),
      styles: panel.webview.asWebviewUri(Uri.joinPath(dist, 'styles.css')).toString(),
      language: env.language,
      title: name,
    });
    this.visibilityChanged();
  }

  show(run: string | null): void {
    if (run === null) this.throttle.request();
    else this.ask({ selection: { ...this.asked.selection, run } });
  }

  /** Opens the Compare page with these arms of other experiments. */
  compare(arms: readonly string[]): void {
    this.ask({ compared: [...new Set([...this.asked.compared, ...arms])] });
    this.open('compare');
  }

  private ask(part: Partial<Asked>): void {
    this.asked = { ...this.asked, ...part };
    this.throttle.request();
  }

  private open(tab: Tab): void {
    if (this.pageReady) this.send({ type: 'open', tab });
    else this.wanted = tab;
    this.throttle.request();
  }

  send(message: HostMessage): void {
    void this.panel.webview.postMessage(message);
  }

  dispose(): void {
    this.throttle.dispose();
    this.store.watch(this.key, false);
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** A hidden page gets no messages; when it is visible again it gets one snapshot. */
  private visibilityChanged(): void {
    const { visible } = this.panel;
    this.store.watch(this.key, visible);
    if (!visible) this.pageReady = false;
    this.throttle.paused = !visible || !this.pageReady;
  }

  private async post(asked: Asked, isOvertaken: () => boolean): Promise<void> {
    const view = this.store.get(this.key);
    if (!view) return;
    const { selection, compared } = asked;
    try {
      await this.follow(view, selection);
      if (isOvertaken()) return;
      const details = await this.detailsOf(view, selection);
      if (isOvertaken()) return;
      const classes = await this.classesOf(view, asked);
      if (isOvertaken()) return;
      const { smoothing, stopGrace } = settings();
      this.details = details;
      const snapshot = buildSnapshot(view, selection, {
        trusted: workspace.isTrusted,
        smoothing,
        stopGrace,
        now: Date.now(),
        details: details?.value ?? null,
        ...this.laboratoryOf(view, asked),
        classes,
        others: otherArms(view, this.store.experiments, compared),
        answers: asked.request,
      });
      this.send({ type: 'snapshot', snapshot });
    } catch (error) {
      this.log.error(`The page of ${view.name}: ${errorText(error)}`);
    }
  }

  private async follow(view: ExperimentView, selection: Selection): Promise<void> {
    const ids = drawnRuns(view, selection).map(({ run }) => run.id);
    if (ids.join('\n') === this.followed) return;
    this.followed = ids.join('\n');
    await this.store.follow(this.key, ids);
  }

  private async detailsOf(view: ExperimentView, selection: Selection): Promise<ReadDetails | null> {
    const run = shownRun(view, selection);
    if (!run) return null;
    const known = this.details;
    const fresh =
      known?.run === run.id && known.status === statusOf(run) && Date.now() - known.time < DETAILS_EVERY;
    if (known && fresh) return known;
    const value = await readDetails(view, run);
    return { run: run.id, status: statusOf(run), time: Date.now(), value };
  }

  /** Computed in the extension host, so only for the Temperature page. */
  private laboratoryOf(
    view: ExperimentView,
    { tab, selection, row }: Asked,
  ): Pick<Snapshot, 'laboratory' | 'laboratoryRead' | 'example'> {
    if (tab !== 'temperature') return { laboratory: null, laboratoryRead: false, example: null };
    return this.laboratory.of(view, shownRun(view, selection), row);
  }

  /** The summary reports damaged predictions; the rest of the page is posted anyway. */
  private async classesOf(view: ExperimentView, { tab, selection }: Asked): Promise<Classes | null> {
    if (tab !== 'classes') return null;
    try {
      return await this.classes.of(view, selection);
    } catch (error) {
      this.log.warn(`Classes of ${view.name}: ${errorText(error)}`);
      return null;
    }
  }

  private receive(value: unknown): void {
    const read = readPanelMessage(value);
    if (!read.ok) {
      this.log.warn(`A message of the page of ${this.key} was dropped: ${read.reason}`);
      return;
    }
    this.handleMessage(read.message).catch((error: unknown) => this.log.error(errorText(error)));
  }

  private async handleMessage(message: PanelMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        if (message.protocol !== PROTOCOL)
          this.log.warn(`The page speaks protocol ${message.protocol}, this is ${PROTOCOL}.`);
        this.pageReady = true;
        this.throttle.paused = !this.panel.visible;
        this.throttle.request();
        if (this.wanted) this.send({ type: 'open', tab: this.wanted });
        this.wanted = null;
        return;
      case 'tab':
        return this.ask({ request: message.request, tab: message.tab });
      case 'compare':
        return this.ask({ request: message.request, compared: message.arms });
      case 'select': {
        const { request, run, overlays } = message;
        return this.ask({ request, selection: { run, overlays } });
      }
      case 'example':
        return this.ask({ request: message.request, row: message.row });
      case 'command':
        return this.runCommand(message);
      case 'openFile':
        return this.openListed(message.path, message.how);
      case 'copy':
        return env.clipboard.writeText(message.text);
      case 'saveText':
        return saveBytes(this.folder, message.name, Buffer.from(message.text, 'utf8'));
      case 'saveImage':
        return saveBytes(this.folder, message.name, imageBytes(message.dataUrl));
    }
  }

  private get folder(): string {
    return this.store.get(this.key)?.root ?? dirname(this.key);
  }

  private async runCommand({
    command,
    run,
    argument,
  }: Extract<PanelMessage, { type: 'command' }>): Promise<void> {
    const target: Target = run === null ? { experiment: this.key } : { experiment: this.key, run };
    if (command === 'openConfig') return openFile(this.store.get(this.key)?.experiment?.file ?? this.key);
    await commands.executeCommand(`distillery.${command}`, target, ...(argument === null ? [] : [argument]));
  }

  /** The page may open only files that it was shown. */
  private async openListed(path: string, how: 'open' | 'reveal'): Promise<void> {
    const listed = this.details?.value?.files.find((file) => file.path === path);
    if (!listed) {
      this.log.warn(`The page asked for a file that it was not shown: ${path}`);
      return;
    }
    if (how === 'reveal') return reveal(path);
    if (path.endsWith('report.html'))
      await commands.executeCommand('distillery.openReport', { experiment: this.key });
    else await openFile(path);
  }
}
