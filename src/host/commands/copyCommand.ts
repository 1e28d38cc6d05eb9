/**
 * One line for a terminal: bash, zsh and fish, or PowerShell and cmd on Windows. Electron behaves as Node only where its
 * environment says so.
 */
export function commandLine(
  words: readonly string[],
  electron: boolean,
  platform: NodeJS.Platform = process.platform,
): string {
  const windows = platform === 'win32';
  const quote = windows ? quoteForWindows : quoteForShell;
  const line = words.map(quote).join(' ');
  if (!electron) return windows && line.startsWith('"') ? `& ${line}` : line;
  return windows ? `$env:ELECTRON_RUN_AS_NODE=1; & ${line}` : `ELECTRON_RUN_AS_NODE=1 ${line}`;
}

const plain = /^[\w@%+=:,./-]+$/;
const quoteForShell = (word: string) => (plain.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
const quoteForWindows = (word: string) => (/^[\w@%+=:,./\\-]+$/.test(word) ? word : `"${word}"`);
