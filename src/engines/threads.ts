/** The variable that tells a trainer on how many threads it may compute; who starts it knows how many run side by side. */
export const THREADS = 'DISTILLERY_THREADS';
