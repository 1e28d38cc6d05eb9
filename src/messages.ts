/**
 * Host ↔ webview, all of it. The host owns the state and posts whole snapshots (bounded arrays, at most ten a second,
 * only while visible); the page draws them and sends back user actions. A request that changes what is shown carries a number,
 * and a snapshot says which of these requests it answers: a late answer never replaces a newer choice.
 */
import type { Balance } from './results/laboratory/gradients';
import type { Laboratory, LaboratoryExample } from './results/laboratory/laboratory';
import type { ClassesView } from './results/classes/view';
import type { DrawnTerm } from './results/report/extras';
import type { ArmSummary, Comparison, RunStatus, Summary } from './results/summary';

export const PROTOCOL = 1;

/** A line of a chart: x ascending, same length as y. A value that is no finite number arrives as null and is a gap. */
export interface Line {
  x: number[];
  y: (number | null)[];
}

/** All curves of one run, each at most a few thousand points (min–max reduced). */
export interface Curves {
  run: string;
  title: string;
  /** Why it is drawn. counterpart: the same seed of the arm it is paired with (scratch, or the primary arm for scratch). */
  role: 'shown' | 'counterpart' | 'otherSeed' | 'overlay';
  kind: 'teacher' | 'scratch' | 'distilled';
  seed: number;
  temperature: number | null;
  plannedSteps: number;
  stepsPerEpoch: number;
  startTime: number | null;
  /** Those of `raw`, `weighted` and `gradient`. */
  terms: Record<string, DrawnTerm>;
  raw: Record<string, Line>;
  weighted: Record<string, Line>;
  total: Line;
  learningRate: Line;
  /** Seconds since the start at the steps of `total`. */
  seconds: Line;
  /** Norm of the gradient of each weighted term. */
  gradient: Record<string, Line>;
  cosine: Line;
  trainAccuracy: Line;
  validationAccuracy: Line;
  validationLoss: Line;
  agreement: Line;
  /** Where the run failed on a number, for the ✕ on the chart. */
  failedAt: number | null;
}

export interface Probe {
  row: number;
  label: number;
  shape: number[];
  input: number[];
  teacher: number[] | null;
  student: number[] | null;
  scratch: number[] | null;
}

export interface RunChoice {
  /** The run's folder as in `SeedResult.folder`; every `run` in these messages is such an id. */
  id: string;
  /** E.g. "KD T 4 · α 0.9 · seed 0". */
  title: string;
  status: RunStatus;
  kind: 'teacher' | 'scratch' | 'distilled';
}

export interface RunDetails {
  folder: string;
  /** key, value, origin */
  configuration: [string, string, string][];
  engine: { used: string; why: string; tried: { engine: string; ok: boolean; reason: string }[] } | null;
  speed: string | null;
  environment: [string, string][];
  data: { name: string; count: number; hash: string }[];
  /** How a table was read, as sentences; none where absent. */
  table?: string[];
  log: string[];
  files: { name: string; note: string; bytes: number; path: string; open: 'open' | 'reveal' }[];
}

/** The Classes page: of the arm that is shown, or of the headline's where the run shown is scratch's or the teacher's. */
export interface Classes extends ClassesView {
  /** Inputs of the disagreements, in their order; null where they are no pictures. */
  pictures: { shape: number[]; inputs: number[][] } | null;
}

/** Arms of another experiment, for the Compare page. */
export interface OtherArms {
  /** Opaque; the page gives it back in `compare`. */
  id: string;
  experiment: string;
  /** Why they are not comparable with this experiment's, as sentences; empty where they are. */
  reasons: string[];
  /** Caveats where they are. */
  notes: string[];
  part: Summary['part'];
  arms: ArmSummary[];
  comparisons: Comparison[];
}

export interface Progress {
  run: string;
  title: string;
  step: number;
  steps: number;
  epoch: number;
  epochs: number;
  /** Seconds; null until known. */
  left: number | null;
  examplesPerSecond: number | null;
}

/** A problem and the actions against it. */
export interface Problem {
  severity: 'error' | 'warning' | 'info';
  text: string;
  details: string | null;
  actions: { title: string; command: PanelCommand; run: string | null }[];
}

export interface Snapshot {
  experiment: string;
  /** The experiment file's URI. The page keeps it in its state, by which the host finds the experiment after a reload. */
  file: string;
  state: 'empty' | 'running' | 'stopping' | 'finished' | 'stopped' | 'failed' | 'interrupted';
  /** E.g. "finished · 16 runs in 38 s · today 14:02". */
  stateText: string;
  trusted: boolean;
  problems: Problem[];
  /** Files of the experiment changed, so that pressing Run would do something. */
  missingRuns: number;
  runs: RunChoice[];
  /** The run that was asked for, by the page or by the sidebar; null while the host chooses. */
  selected: string | null;
  shown: string;
  summary: Summary | null;
  /** Seconds left for the whole plan; null until known. */
  planLeft: number | null;
  /** Share of the plan's steps that are done, 0–1. */
  planDone: number;
  /** E.g. "local process, pid 48213"; null where nothing is known. */
  where: string | null;
  /** E.g. "digits 8×8". */
  data: string | null;
  progress: Progress[];
  /** The run shown first, then its counterpart, then other seeds of both arms, then overlays. */
  curves: Curves[];
  teacherAccuracy: number | null;
  /** Of the run shown: the teacher's logits, the student's newest, and those of scratch with the same seed. */
  probes: Probe[];
  /** On validation data; null until the run shown has finished, and while the Temperature page is not open. */
  laboratory: Laboratory | null;
  /** False until the laboratory of the run shown has been looked for: null above then says nothing yet. */
  laboratoryRead: boolean;
  /** The row that the page asked for; found or, in a sentence, why not; neither while it is being read. */
  example: { row: number; found: LaboratoryExample | null; problem: string | null } | null;
  /** Of the run shown; null where its method has no temperature, or softens nothing. */
  temperature: { used: number | null; balance: Balance | null };
  details: RunDetails | null;
  /** Null while that page is not open, and before a run has saved its predictions. */
  classes: Classes | null;
  others: OtherArms[];
  smoothing: number;
  /** Number of the newest request that is answered here; 0 before the first. */
  answers: number;
}

/** Parts of a snapshot that depend on the page's requests. */
export const answered = [
  ...([
    'selected',
    'shown',
    'curves',
    'teacherAccuracy',
    'probes',
    'laboratory',
    'laboratoryRead',
    'example',
  ] as const),
  ...(['temperature', 'details', 'classes', 'others'] as const),
] satisfies (keyof Snapshot)[];

/** The pages that the host computes something for only while they are open, and all others. */
export const tabs = ['overview', 'losses', 'temperature', 'compare', 'classes', 'run'] as const;
export type Tab = (typeof tabs)[number];

export type HostMessage =
  | { type: 'snapshot'; snapshot: Snapshot }
  /** From the palette: export the chart that was used last, or the table of results. The page answers with saveImage or saveText. */
  | { type: 'exportChart'; format: ChartFormat }
  | { type: 'exportTable' }
  /** From a command: open this page. */
  | { type: 'open'; tab: Tab };

export type ChartFormat = 'png' | 'svg' | 'csv';

/** What of the page's state the host reads back when VS Code restores the panel. */
export interface RestoredState {
  file: string;
  run: string | null;
  overlays: string[];
  /** Ids of arms of other experiments. */
  compared: string[];
}

export const panelCommands = [
  'run',
  'runSeed',
  'stop',
  'resume',
  'compare',
  'exportStudent',
  'openReport',
  'openLog',
  'openConfig',
  'openResolvedConfig',
  'revealRun',
  'copyCommand',
  'addSeeds',
  'sweep',
  'addAllLabels',
  'setUpEngine',
  'showLog',
] as const;
export type PanelCommand = (typeof panelCommands)[number];

/** Requests that change what the host shows, numbered in ascending order by the page. */
export type Request =
  /** Show this run (null: the one the host thinks best, following a running plan); overlay these. */
  | { type: 'select'; run: string | null; overlays: string[] }
  | { type: 'tab'; tab: Tab }
  /** Show these arms of other experiments, by their ids, and no others. */
  | { type: 'compare'; arms: string[] }
  /** Show this row of the data set in addition to the probes; null: none. */
  | { type: 'example'; row: number | null };

/** A message of the page before it is numbered. */
export type PageMessage =
  | Request
  | { type: 'ready'; protocol: number }
  /** `run` does whatever the plan still misses, `runSeed` trains this run, again if it is finished. `addSeeds`: argument more seeds. */
  | { type: 'command'; command: PanelCommand; run: string | null; argument: number | null }
  | { type: 'openFile'; path: string; how: 'open' | 'reveal' }
  | { type: 'copy'; text: string }
  | { type: 'saveText'; name: string; text: string }
  /** SVG or PNG as a data URL. */
  | { type: 'saveImage'; name: string; dataUrl: string };

/** Checked at run time by the host: a webview's messages are input like any other. */
export type PanelMessage = Exclude<PageMessage, Request> | (Request & { request: number });
