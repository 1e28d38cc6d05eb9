import type { SuggestedSetting } from '../../config/errors';
import type { Kind } from '../reader';

/** The message to the reading process, sent once. */
export interface ReaderTask {
  kind: Kind;
  question: unknown;
  /** Memory limit of the process in bytes, including its program. */
  memory: number;
}

/** Its reply, sent once. */
export type Reply =
  | { outcome: 'answer'; answer: unknown }
  /** A problem with the files. */
  | { outcome: 'problem'; message: string; setting?: SuggestedSetting | undefined }
  | { outcome: 'memory' }
  /** A bug, with its stack. */
  | { outcome: 'crash'; message: string };
