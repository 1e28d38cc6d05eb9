import {
  Uri,
  ViewColumn,
  window,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  type WebviewPanel,
  type WebviewPanelSerializer,
} from 'vscode';
import { z } from 'zod';
import type { HostMessage, RestoredState } from '../../messages';
import type { Readable } from '../reader';
import type { Store } from '../store/store';
import { ExperimentPanel } from './experimentPanel';
import type { Selection } from './selection';

const PANEL_TYPE = 'distillery.panel';

const restoredState = z.object({
  file: z.string(),
  run: z.string().nullable(),
  overlays: z.array(z.string()),
  compared: z.array(z.string()).default([]),
}) satisfies z.ZodType<RestoredState>;

/** The open panels, one per experiment; they are restored after a reload. */
export class Panels implements WebviewPanelSerializer, Disposable {
  private readonly open = new Map<string, ExperimentPanel>();
  private readonly disposables: Disposable[];
  private lastActive: ExperimentPanel | undefined;

  constructor(
    private readonly context: ExtensionContext,
    private readonly store: Store,
    private readonly log: LogOutputChannel,
    private readonly reader: Readable,
  ) {
    this.disposables = [
      window.registerWebviewPanelSerializer(PANEL_TYPE, this),
      store.onDidChange((view) => view === undefined && this.closeOrphans()),
    ];
  }

  /** The experiment whose panel has the focus. */
  get active(): string | undefined {
    return [...this.open.values()].find(({ panel }) => panel.active)?.key;
  }

  get recent(): ExperimentPanel | undefined {
    const active = this.active;
    return active === undefined ? this.lastActive : this.open.get(active);
  }

  isVisible(key: string): boolean {
    return this.open.get(key)?.panel.visible ?? false;
  }

  /** Opens or reveals the panel; it takes the focus only if the user opened it explicitly. */
  show(key: string, { run = null, focus = false }: { run?: string | null; focus?: boolean } = {}): void {
    const known = this.open.get(key);
    if (known) {
      known.panel.reveal(undefined, !focus);
      known.show(run);
      return;
    }
    const column = window.activeTextEditor ? ViewColumn.Beside : ViewColumn.Active;
    const panel = window.createWebviewPanel(PANEL_TYPE, '', { viewColumn: column, preserveFocus: !focus });
    this.adopt(key, panel, { run, overlays: [] });
  }

  /** An open panel shows the experiment under its new file. */
  rename(before: string, after: string): void {
    const page = this.open.get(before);
    if (!page) return;
    page.dispose();
    this.open.delete(before);
    // The ids of runs have the name in them.
    this.adopt(after, page.panel, { run: null, overlays: [] });
  }

  /** Opens the Compare page of an experiment with arms of other experiments. */
  compare(key: string, arms: readonly string[]): void {
    this.show(key, { focus: true });
    this.open.get(key)?.compare(arms);
  }

  /** Sends to the panel that had the focus last, since a Quick Pick takes the focus for a moment. */
  send(message: HostMessage): void {
    this.recent?.send(message);
  }

  async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    const restored = restoredState.safeParse(state);
    await this.store.ready;
    const key = restored.success ? Uri.parse(restored.data.file).fsPath : '';
    if (!restored.success || !this.store.get(key)) {
      panel.dispose();
      return;
    }
    this.open.get(key)?.panel.dispose();
    const { run, overlays, compared } = restored.data;
    this.adopt(key, panel, { run, overlays }, compared);
  }

  dispose(): void {
    for (const one of this.open.values()) one.panel.dispose();
    for (const disposable of this.disposables) disposable.dispose();
  }

  private adopt(
    key: string,
    panel: WebviewPanel,
    selection: Selection,
    compared: readonly string[] = [],
  ): void {
    const { extensionUri } = this.context;
    const { store, log, reader } = this;
    const page = new ExperimentPanel(key, panel, store, log, reader, extensionUri, selection, compared);
    this.open.set(key, page);
    this.lastActive = page;
    page.disposables.push(
      panel.onDidChangeViewState(() => {
        if (panel.active) this.lastActive = page;
      }),
      panel.onDidDispose(() => {
        page.dispose();
        if (this.open.get(key) === page) this.open.delete(key);
        if (this.lastActive === page) this.lastActive = undefined;
      }),
    );
  }

  private closeOrphans(): void {
    for (const { key, panel } of [...this.open.values()]) if (!this.store.get(key)) panel.dispose();
  }
}
