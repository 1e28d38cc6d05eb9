import { Worker } from 'node:worker_threads';
import type { Reply, ReaderTask } from './message';

/** Milliseconds between two checks of the memory. */
const LOOK_EVERY = 20;

/**
 * Receives one task from the parent process, runs it in a thread and forwards the reply. V8 limits the heap of the thread but
 * not its buffers, so the memory of the whole process is checked. Exits with the parent.
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
