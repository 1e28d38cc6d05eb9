import { vi } from 'vitest';

/** Waits until an assertion holds, and returns what it returned. Only a hang fails: vitest's own limit is one second. */
export const eventually = <Result>(assertion: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(assertion, 30_000);
