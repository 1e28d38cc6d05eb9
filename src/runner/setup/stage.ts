/** What the plan depends on. */
export interface Machine {
  platform: NodeJS.Platform;
  /** As Node calls it, such as x64. */
  arch: string;
}

/** A program that is run to its end in the folder that is being set up. */
export interface CommandStage {
  kind: 'command';
  /** What a person sees while it runs. */
  title: string;
  /** The names it may have on the PATH; the first that is there is used. */
  programs: readonly string[];
  args: readonly string[];
  /** A sentence for where none of them is there. */
  missing: string;
  /** The beginning of a sentence for where it fails; what it printed follows in brackets. */
  failed: string;
  /** What to do about that. */
  advice: string;
  /** The file that it fetches, by whose size a person sees how far it is. */
  download?: { ending: string; bytes: number };
}

/** One thing to do in the folder that is being set up; paths are relative to it. */
export type Stage =
  | CommandStage
  | { kind: 'write'; file: string; text: string }
  | { kind: 'folder'; path: string }
  | { kind: 'link'; path: string; target: string }
  | { kind: 'remove'; path: string }
  | { kind: 'expect'; file: string; otherwise: string }
  | { kind: 'hash'; file: string; sha256: string }
  | { kind: 'accept'; title: string };

/** An engine is moved into place only after this stage. */
export const accept: Stage = { kind: 'accept', title: 'trains a small network in a process of its own' };

/** How an engine is installed. */
export interface SetupPlan {
  /** The versions that it installs, as recorded in the installed folder. */
  madeFrom: string;
  stages: readonly Stage[];
  downloadBytes: number;
  /** On the disk while it is set up, at most. */
  spaceBytes: number;
}
