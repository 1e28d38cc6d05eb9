import { isMainThread } from 'node:worker_threads';
import { answerTask } from './process/answer';
import { superviseTask } from './process/supervise';

// A process of its own for each question. One thread reads; the other sees to it that memory stays within bounds.
if (isMainThread) superviseTask(__filename);
else void answerTask();
