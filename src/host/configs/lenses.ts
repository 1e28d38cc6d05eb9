import {
  CodeLens,
  EventEmitter,
  l10n,
  Range,
  workspace,
  type CodeLensProvider,
  type Disposable,
  type TextDocument,
} from 'vscode';
import { resolve } from 'node:path';
import { configKind } from '../../config/kinds';
import { readConfig } from '../../config/read';
import { teacherShape } from '../../config/preprocessing';
import { membersOf } from '../../config/resolved';
import { describeSavedModel } from '../../config/savedModel';
import { describeNetwork } from '../../config/shapes';
import { plural } from '../../results/format';
import { workloadText } from '../../runs/workload';
import type { Store } from '../store/store';
import { isActive } from '../store/views';
import type { ConfigDiagnostics } from './diagnostics';

/** Run above an experiment; the size of the network above a teacher or student. */
export class ConfigLenses implements CodeLensProvider, Disposable {
  private readonly changed = new EventEmitter<void>();
  private readonly subscription: Disposable;
  /** The state that the lenses depend on; a running experiment changes more often. */
  private lastState = '';
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly store: Store,
    private readonly diagnostics: ConfigDiagnostics,
  ) {
    this.subscription = store.onDidChange(() => {
      const state = store.experiments
        .map((view) => [workspace.isTrusted, view.key, view.state, view.missing, view.estimate].join())
        .join();
      if (state !== this.lastState) this.refresh();
      this.lastState = state;
    });
  }

  refresh(): void {
    this.changed.fire();
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const kind = configKind(document.fileName);
    if (kind === 'experiment') return this.ofExperiment(document.fileName);
    return kind === 'teacher' || kind === 'student' ? this.ofNetwork(document) : [];
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private ofExperiment(file: string): CodeLens[] {
    const view = this.store.get(file);
    if (!view?.experiment) return [];
    const open = lens(l10n.t('$(graph-line) Open Panel'), 'distillery.openPanel', file);
    if (isActive(view)) return [lens(l10n.t('$(debug-stop) Stop'), 'distillery.stop', file), open];
    if (!workspace.isTrusted) return [open];
    const title =
      view.missing === 0
        ? l10n.t('$(play) Run · everything is trained')
        : l10n.t('$(play) Run · {0}', workloadText({ trainings: view.missing, seconds: view.estimate }));
    return [lens(title, 'distillery.run', file), open];
  }

  /** The network in the editor, for the data of each experiment that uses it. */
  private ofNetwork(document: TextDocument): CodeLens[] {
    const { value, kind } = readConfig(document.fileName, document.getText());
    if (!value || (kind !== 'teacher' && kind !== 'student')) return [];
    const titles = new Set<string>();
    if (!workspace.isTrusted) return [];
    for (const { experiment, facts } of this.diagnostics.experimentsWith(document.fileName)) {
      if (!experiment) continue;
      const part =
        kind === 'student'
          ? experiment.student
          : membersOf(experiment.teacher).find(({ file }) => file === document.fileName);
      if (!part) continue;
      const { model, layers } = part.config;
      try {
        if (model !== undefined)
          titles.add(plainSize(describeSavedModel(resolve(experiment.root, model)).parameters));
        else if (facts) {
          const { inputShape } = facts;
          const seen =
            kind === 'teacher' ? teacherShape(part.config, experiment.config.data, inputShape) : inputShape;
          const { title, total } = describeNetwork(layers ?? [], seen);
          titles.add(`${title} · ${plainSize(total)}`);
        }
      } catch {
        // A diagnostic reports the error.
      }
    }
    return [...titles].map((title) => lens(title, '', document.fileName));
  }
}

const plainSize = (parameters: number) => plural(parameters, 'parameter');

const lens = (title: string, command: string, experiment: string) =>
  new CodeLens(new Range(0, 0, 0, 0), { title, command, arguments: [{ experiment }] });
