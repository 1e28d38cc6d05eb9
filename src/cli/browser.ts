import { spawn } from 'node:child_process';
import { win32 } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The program that opens a file on this system, with its arguments. No shell reads the path, which may contain any character.
 *
 * @param file absolute path
 */
export function openCommand(
  file: string,
  { platform, environment }: { platform: NodeJS.Platform; environment: NodeJS.ProcessEnv },
): { program: string; args: string[] } {
  if (platform === 'darwin') return { program: 'open', args: [file] };
  if (platform !== 'win32') return { program: 'xdg-open', args: [file] };
  // The full path, because Windows searches the current folder first.
  const system = win32.join(environment['SystemRoot'] ?? 'C:\\Windows', 'System32');
  const { href } = pathToFileURL(file, { windows: true });
  return { program: win32.join(system, 'rundll32.exe'), args: ['url.dll,FileProtocolHandler', href] };
}

/** Fails silently: the path was printed already. */
export function openInBrowser(file: string): void {
  const { program, args } = openCommand(file, { platform: process.platform, environment: process.env });
  const opener = spawn(program, args, { detached: true, stdio: 'ignore' });
  opener.on('error', () => undefined);
  opener.unref();
}
