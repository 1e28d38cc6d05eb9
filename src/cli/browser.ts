import { spawn } from 'node:child_process';
import { win32 } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The system's own way to open a file, as a program with its arguments: no shell reads the path, which may hold anything.
 *
 * @param file absolute path
 */
export function openerOf(
  file: string,
  { platform, environment }: { platform: NodeJS.Platform; environment: NodeJS.ProcessEnv },
): { program: string; args: string[] } {
  if (platform === 'darwin') return { program: 'open', args: [file] };
  if (platform !== 'win32') return { program: 'xdg-open', args: [file] };
  // By its full path: Windows looks into the current folder first.
  const system = win32.join(environment['SystemRoot'] ?? 'C:\\Windows', 'System32');
  const { href } = pathToFileURL(file, { windows: true });
  return { program: win32.join(system, 'rundll32.exe'), args: ['url.dll,FileProtocolHandler', href] };
}

/** Where there is no such program, the path that was printed must do. */
export function openInBrowser(file: string): void {
  const { program, args } = openerOf(file, { platform: process.platform, environment: process.env });
  const opener = spawn(program, args, { detached: true, stdio: 'ignore' });
  opener.on('error', () => undefined);
  opener.unref();
}
