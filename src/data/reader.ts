import type { requests } from './requests/requests';

export type Kind = keyof typeof requests;
export type Question<K extends Kind> = Parameters<(typeof requests)[K]>[0];
export type Answer<K extends Kind> = Awaited<ReturnType<(typeof requests)[K]>>;

/** Reads files of a workspace on behalf of processes that must not read them themselves, above all the editor. */
export interface Reader {
  /**
   * @param files absolute paths of all files that the answer depends on
   * @throws UserError if a file cannot be used, or needs too much memory or time
   */
  ask<K extends Kind>(
    kind: K,
    files: readonly string[],
    question: Question<K>,
    signal?: AbortSignal,
  ): Promise<Answer<K>>;
}
