import type { requests } from './requests/requests';

export type Kind = keyof typeof requests;
export type Question<K extends Kind> = Parameters<(typeof requests)[K]>[0];
export type Answer<K extends Kind> = Awaited<ReturnType<(typeof requests)[K]>>;

/** Reads files that a workspace names for those who must not read them themselves: the editor above all. */
export interface Reader {
  /**
   * @param files absolute paths of all files that the answer depends on
   * @throws UserError where a file cannot be used, or takes too much memory or time
   */
  ask<K extends Kind>(
    kind: K,
    files: readonly string[],
    question: Question<K>,
    signal?: AbortSignal,
  ): Promise<Answer<K>>;
}
