import type { Host } from '../host';
import { compareWith } from './compare';
import { copyCommand } from './copyCommand';
import { deleteRun } from './discard';
import { deleteExperiment, duplicateExperiment, renameExperiment } from './experiments';
import { exportChart, exportStudent, exportTable } from './exports';
import { openLog, openPanel, openReport, openResolvedConfig, revealRun } from './openers';
import { newSample, newStudent, newTeacher } from './newFiles';
import { newExperiment } from './newExperiment';
import { resume, run, runArm, runSeed, stop, stopAll } from './run';
import { addRunFolder } from './runFolders';
import { addSeeds } from './seeds';
import { setUpEngine } from './setUpEngine';
import { addAllLabels, sweep } from './sweep';

export interface Command {
  action: (host: Host, argument: unknown, more?: unknown) => unknown;
  /** Starts programs or writes to the workspace: needs a trusted workspace on disk. */
  trusted?: true;
  /** Shows run folders or what is derived from them: needs a trusted workspace. */
  reads?: true;
}

/** All commands of the manifest, by name without the prefix "distillery.". */
export const commandTable: Record<string, Command> = {
  newExperiment: { action: newExperiment, trusted: true },
  newSample: { action: newSample, trusted: true },
  newTeacher: { action: newTeacher, trusted: true },
  newStudent: { action: newStudent, trusted: true },
  run: { action: run, trusted: true },
  runArm: { action: runArm, trusted: true },
  runSeed: { action: runSeed, trusted: true },
  addSeeds: { action: addSeeds, trusted: true },
  sweep: { action: sweep, trusted: true },
  addAllLabels: { action: addAllLabels, trusted: true },
  resume: { action: resume, trusted: true },
  stop: { action: stop },
  stopAll: { action: stopAll },
  openPanel: { action: openPanel },
  compare: { action: compareWith, reads: true },
  exportStudent: { action: exportStudent, reads: true },
  exportTable: { action: exportTable, reads: true },
  exportChart: { action: exportChart },
  openReport: { action: openReport, reads: true },
  openLog: { action: openLog, reads: true },
  openResolvedConfig: { action: openResolvedConfig, reads: true },
  revealRun: { action: revealRun, reads: true },
  copyCommand: { action: copyCommand },
  deleteRun: { action: deleteRun, reads: true },
  renameExperiment: { action: renameExperiment, trusted: true },
  duplicateExperiment: { action: duplicateExperiment, trusted: true },
  deleteExperiment: { action: deleteExperiment, trusted: true },
  addRunFolder: { action: addRunFolder, reads: true },
  setUpEngine: { action: setUpEngine, trusted: true },
  showLog: { action: (host) => host.log.show() },
  refresh: {
    action: (host) => {
      host.reader.forget();
      return host.store.refresh();
    },
  },
};
