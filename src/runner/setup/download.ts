import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const EVERY = 500;
/** The file is directly in the downloader's folder; below `node_modules` there are ten thousand others. */
const DEEPEST = 2;

/** Tells the size of a file while it grows, wherever below these folders it is; pip tells nothing where no person looks on. */
export function watchDownload(
  folders: readonly string[],
  ending: string,
  tell: (bytes: number) => void,
): () => void {
  let told = 0;
  let looking = false;
  let ended = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    const sizes = await Promise.all(folders.map((folder) => largest(folder, ending, DEEPEST)));
    looking = false;
    const size = Math.max(...sizes);
    if (ended || size <= told) return;
    told = size;
    tell(size);
  };
  const timer = setInterval(() => void look(), EVERY);
  return () => {
    ended = true;
    clearInterval(timer);
  };
}

async function largest(folder: string, ending: string, depth: number): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && depth > 1 && entry.name !== 'node_modules')
        return largest(path, ending, depth - 1);
      if (!entry.name.endsWith(ending)) return 0;
      return stat(path).then(
        ({ size }) => size,
        () => 0,
      );
    }),
  );
  return Math.max(0, ...sizes);
}
