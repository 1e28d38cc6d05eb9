import { workspace } from 'vscode';

/** Settings that are a person's or a machine's; whatever changes a result stands in the experiment file. */
export function settings() {
  const values = workspace.getConfiguration('distillery');
  return {
    nodePath: values.get<string>('nodePath', ''),
    trainerArguments: values.get<string[]>('trainerArguments', []),
    trainerEnvironment: values.get<Record<string, string>>('trainerEnvironment', {}),
    /** Seconds. */
    stopGrace: values.get<number>('stopGrace', 10),
    openPanelOnRun: values.get<boolean>('openPanelOnRun', true),
    /** Seconds; 0: never. */
    notifyAfter: values.get<number>('notifyAfter', 30),
    smoothing: values.get<number>('smoothing', 0.9),
  };
}
