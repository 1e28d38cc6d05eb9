/** A folder that a plan asks for: `<parent>/<name>-<hash>`. */
export interface WantedFolder {
  /** Relative to the root, with forward slashes. */
  parent: string;
  name: string;
  hash: string;
}

/**
 * The folders of a plan. One that is there with the same hash is used again, although an arm or a teacher was renamed since;
 * unless it is just what another asks for.
 */
export function chooseFolders(wanted: readonly WantedFolder[], there: readonly string[]): string[] {
  const names = wanted.map(({ parent, name, hash }) => `${parent}/${name}-${hash}`);
  const taken = new Set(names);
  return wanted.map(({ parent, hash }, index) => {
    const exact = names[index]!;
    if (there.includes(exact)) return exact;
    const renamed = there.find(
      (folder) => folder.startsWith(`${parent}/`) && folder.endsWith(`-${hash}`) && !taken.has(folder),
    );
    if (renamed !== undefined) taken.add(renamed);
    return renamed ?? exact;
  });
}
