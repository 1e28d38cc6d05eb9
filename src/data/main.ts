import { isMainThread } from 'node:worker_threads';
import { answerTask } from './process/answer';
import { superviseTask } from './process/supervise';

// A separate process for each request. One thread reads; the other limits the memory.
if (isMainThread) superviseTask(__filename);
else void answerTask();
