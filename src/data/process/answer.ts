import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../../config/errors';
import { requests } from '../requests/requests';
import type { Reply, ReaderTask } from './message';

/** Runs this thread's task and posts the reply. */
export async function answerTask(): Promise<void> {
  const { kind, question } = workerData as ReaderTask;
  parentPort!.postMessage(await replyTo(requests[kind] as (asked: unknown) => unknown, question));
}

async function replyTo(answer: (question: unknown) => unknown, question: unknown): Promise<Reply> {
  try {
    return { outcome: 'answer', answer: await answer(question) };
  } catch (error) {
    if (error instanceof UserError)
      return { outcome: 'problem', message: error.message, setting: error.setting };
    if (isOutOfMemory(error)) return { outcome: 'memory' };
    return {
      outcome: 'crash',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

/** Buffers are allocated outside V8's heap, so a failed allocation is an ordinary error. */
const isOutOfMemory = (error: unknown) =>
  error instanceof RangeError && /allocation failed|Invalid typed array length/i.test(error.message);
