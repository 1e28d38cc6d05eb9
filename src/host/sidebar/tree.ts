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
import { treeRow, type Row } from './rows';

export const EXPERIMENTS_VIEW = 'distillery.experiments';

/** A row as the editor has it, and the ids below it if it asked for them. */
interface Shown {
  node: Node;
  row: string;
  children: string | null;
}

/** The sidebar: experiments, their teacher, student and arms, and the seeds of each arm. */
export class ExperimentTree implements TreeDataProvider<Node>, Disposable {
  private readonly changed = new EventEmitter<Node[] | undefined>();
  private readonly shown = new Map<string, Shown>();
  /** Experiments that were running when last looked at. */
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
        this.bringIntoSight();
      }),
      workspace.onDidGrantWorkspaceTrust(() => (this.view.message = '')),
      this.view.onDidChangeVisibility(({ visible }) => store.watch(EXPERIMENTS_VIEW, visible)),
    ];
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node) {
      const children = childrenOf(node).map((child) => this.sameFor(child));
      this.remember(node).children = idsOf(children);
      return children;
    }
    await this.store.ready;
    // The welcome says it where there is nothing to show yet.
    if (!workspace.isTrusted && this.store.experiments.length > 0) this.view.message = notRead();
    // Asked for at the first opening, before any change of visibility is told.
    this.store.watch(EXPERIMENTS_VIEW, this.view.visible);
    return this.store.experiments.map((view) => this.sameFor(experimentNode(view)));
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

  /** Rows are revealed by the experiment that they stand in. */
  getParent(): undefined {
    return undefined;
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** What was just begun is unfolded and scrolled to, once, where the sidebar is open anyway. */
  private bringIntoSight(): void {
    const active = this.store.experiments.filter(isActive);
    const begun = active.find(({ key }) => !this.running.has(key));
    this.running = new Set(active.map(({ key }) => key));
    if (!begun || !this.view.visible) return;
    const { node } = this.remember(experimentNode(begun));
    void this.view.reveal(node, { select: false, focus: false, expand: 2 });
  }

  /** While a run goes on some row changes four times a second: those alone are drawn anew. */
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

  /** The same element for the same row, so that it can be refreshed alone. */
  private sameFor(fresh: Node): Node {
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
