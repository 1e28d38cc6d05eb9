import { workspace } from 'vscode';

/** Settings of the user or the machine; everything that changes a result is in the experiment file. */
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
