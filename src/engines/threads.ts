/** Environment variable with the number of threads a trainer may use; its parent knows how many trainers run in parallel. */
export const THREADS = 'DISTILLERY_THREADS';
