import {
  EventEmitter,
  l10n,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  workspace,
  type Command,
  type Disposable,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';
import { notRead } from '../reader';
import type { Store } from '../store/store';
import { isActive, type ExperimentView } from '../store/views';
import { childrenOf, experimentNode, newestOf, type Node } from './nodes';
import type { Row } from './row';
import { treeRow } from './rows';

export const EXPERIMENTS_VIEW = 'distillery.experiments';

/** A row that VS Code shows, and the ids of its children if VS Code requested them. */
interface Shown {
  node: Node;
  row: string;
  children: string | null;
}

/** The sidebar: experiments, their teacher, student and arms, and the seeds of each arm. */
export class ExperimentTree implements TreeDataProvider<Node>, Disposable {
  private readonly changed = new EventEmitter<Node[] | undefined>();
  private readonly shown = new Map<string, Shown>();
  /** Experiments that were running at the last change. */
  private running = new Set<string>();
  private readonly disposables: Disposable[];
  readonly onDidChangeTreeData = this.changed.event;
  readonly view: TreeView<Node>;

  constructor(private readonly store: Store) {
    this.view = window.createTreeView(EXPERIMENTS_VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.disposables = [
      this.changed,
      this.view,
      store.onDidChange((view) => {
        this.refresh(view);
        this.revealStarted();
      }),
      workspace.onDidGrantWorkspaceTrust(() => (this.view.message = '')),
      this.view.onDidChangeVisibility(({ visible }) => store.watch(EXPERIMENTS_VIEW, visible)),
    ];
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node) {
      const children = childrenOf(node).map((child) => this.sameElement(child));
      this.remember(node).children = idsOf(children);
      return children;
    }
    await this.store.ready;
    // If there are no experiments, the welcome view says it.
    if (!workspace.isTrusted && this.store.experiments.length > 0) this.view.message = notRead();
    // The first request comes before any visibility event.
    this.store.watch(EXPERIMENTS_VIEW, this.view.visible);
    return this.store.experiments.map((view) => this.sameElement(experimentNode(view)));
  }

  getTreeItem(node: Node): TreeItem {
    const row = treeRow(node);
    this.remember(node).row = JSON.stringify(row);
    const item = new TreeItem(row.label, collapsible(node, this.store.experiments));
    item.id = node.id;
    item.description = row.description;
    item.iconPath = new ThemeIcon(row.icon, row.colour === null ? undefined : new ThemeColor(row.colour));
    item.contextValue = row.context;
    item.accessibilityInformation = { label: row.accessible };
    item.tooltip = tooltip(row);
    const command = commandOf(node, row);
    if (command) item.command = command;
    return item;
  }

  /** Only experiments are revealed, and they have no parent. */
  getParent(): undefined {
    return undefined;
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** Expands and reveals an experiment that has just started, if the sidebar is visible. */
  private revealStarted(): void {
    const active = this.store.experiments.filter(isActive);
    const begun = active.find(({ key }) => !this.running.has(key));
    this.running = new Set(active.map(({ key }) => key));
    if (!begun || !this.view.visible) return;
    const { node } = this.remember(experimentNode(begun));
    void this.view.reveal(node, { select: false, focus: false, expand: 2 });
  }

  /** Some row changes four times a second during a run: only changed rows are redrawn. */
  private refresh(view: ExperimentView | undefined): void {
    if (!view) {
      this.shown.clear();
      this.changed.fire(undefined);
      return;
    }
    const stale = this.staleBelow(experimentNode(view));
    if (stale.length > 0) this.changed.fire(stale);
  }

  private staleBelow(fresh: Node): Node[] {
    const shown = this.shown.get(fresh.id);
    if (!shown) return [];
    Object.assign(shown.node, fresh);
    const children = childrenOf(fresh);
    if (shown.children !== null && shown.children !== idsOf(children)) return [shown.node];
    const self = JSON.stringify(treeRow(fresh)) === shown.row ? [] : [shown.node];
    return [...self, ...children.flatMap((child) => this.staleBelow(child))];
  }

  /** Returns the same element for the same row, so that it can be refreshed alone. */
  private sameElement(fresh: Node): Node {
    return Object.assign(this.remember(fresh).node, fresh);
  }

  private remember(node: Node): Shown {
    const known = this.shown.get(node.id);
    if (known) return known;
    const shown: Shown = { node, row: '', children: null };
    this.shown.set(node.id, shown);
    return shown;
  }
}

const idsOf = (nodes: readonly Node[]) => nodes.map(({ id }) => id).join('\n');

function collapsible(node: Node, all: readonly ExperimentView[]): TreeItemCollapsibleState {
  if (node.kind === 'experiment')
    return node.experiment === newestOf(all) || isActive(node.view)
      ? TreeItemCollapsibleState.Expanded
      : TreeItemCollapsibleState.Collapsed;
  if (node.kind === 'teacher' && node.members.length > 0) return TreeItemCollapsibleState.Collapsed;
  if (node.kind === 'sweep' || node.kind === 'folded') return TreeItemCollapsibleState.Collapsed;
  if (node.kind !== 'arm') return TreeItemCollapsibleState.None;
  return isActive(node.view) && node.inFile
    ? TreeItemCollapsibleState.Expanded
    : TreeItemCollapsibleState.Collapsed;
}

function tooltip(row: Row): MarkdownString | string {
  if (row.tooltip.length === 0) return row.accessible;
  const text = new MarkdownString();
  text.appendMarkdown('**').appendText(row.label).appendMarkdown('** ').appendText(row.description);
  text.appendMarkdown('\n\n| | |\n|---|---|\n');
  for (const [name, value] of row.tooltip) {
    text.appendMarkdown('| ').appendText(inCell(name)).appendMarkdown(' | ');
    text.appendText(inCell(value)).appendMarkdown(' |\n');
  }
  return text;
}

const inCell = (value: string) => value.replaceAll(/[\r\n|]+/g, ' ');

function commandOf(node: Node, row: Row): Command | null {
  const file = node.kind === 'teacher' ? node.view.networks.teacher?.file : node.view.networks.student?.file;
  switch (row.opens) {
    case 'panel':
      return {
        command: 'distillery.openPanel',
        title: l10n.t('Open Experiment Panel'),
        arguments: [node],
      };
    case 'run':
      return { command: 'distillery.run', title: l10n.t('Run Experiment'), arguments: [node] };
    case 'problem':
      return {
        command: 'workbench.actions.view.problems',
        title: l10n.t('Show Problems'),
      };
    case 'file':
      return file === undefined
        ? null
        : { command: 'vscode.open', title: l10n.t('Open'), arguments: [Uri.file(file)] };
    case null:
      return null;
  }
}
