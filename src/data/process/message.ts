import type { SuggestedSetting } from '../../config/errors';
import type { Kind } from '../reader';

/** What the process that reads is told, once. */
export interface ReaderTask {
  kind: Kind;
  question: unknown;
  /** Bytes that it may use, of its own and its program's together. */
  memory: number;
}

/** What it says, once. */
export type Reply =
  | { outcome: 'answer'; answer: unknown }
  /** A sentence about the files. */
  | { outcome: 'problem'; message: string; setting?: SuggestedSetting | undefined }
  | { outcome: 'memory' }
  /** A fault of ours, with its stack. */
  | { outcome: 'crash'; message: string };
