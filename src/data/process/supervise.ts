import { Worker } from 'node:worker_threads';
import type { Reply, ReaderTask } from './message';

/** Milliseconds between two looks at the memory. */
const LOOK_EVERY = 20;

/**
 * Takes one task from the parent process, has a thread do it and passes on what it says. The heap of the thread is bounded
 * by V8; buffers are not, so that the memory of the whole process is watched. Ends with the parent.
 */
export function superviseTask(program: string): void {
  process.once('disconnect', () => process.exit());
  process.once('message', (task: ReaderTask) => {
    const reply = (message: Reply) => process.send!(message, () => process.exit());
    const worker = new Worker(program, {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(task.memory / 2 ** 20) },
    });
    worker.once('message', reply);
    worker.once('error', (error: NodeJS.ErrnoException) =>
      reply(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? { outcome: 'memory' }
          : { outcome: 'crash', message: error.stack ?? error.message },
      ),
    );
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() <= task.memory) return;
      clearInterval(watch);
      reply({ outcome: 'memory' });
    }, LOOK_EVERY);
  });
}
