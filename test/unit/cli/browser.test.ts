import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openCommand, openInBrowser } from '../../../src/cli/browser';
import { eventually } from '../eventually';

const environment = { SystemRoot: 'D:\\Windows' };

describe('the program that opens a report', () => {
  it('on Windows gets one argument, in which no shell reads anything', () => {
    const file = 'C:\\R&D\\a & calc.exe %PATH% it’s (1)\\report.html';
    const { program, args } = openCommand(file, { platform: 'win32', environment });
    expect(program).toBe('D:\\Windows\\System32\\rundll32.exe');
    expect(args).toEqual([
      'url.dll,FileProtocolHandler',
      'file:///C:/R&D/a%20&%20calc.exe%20%25PATH%25%20it%E2%80%99s%20(1)/report.html',
    ]);
  });

  it.each([
    ['darwin', 'open'],
    ['linux', 'xdg-open'],
  ] as const)('on %s is %s, with the path as it is', (platform, program) => {
    const file = `/a & b/$(calc) 'it' "is"/report.html`;
    expect(openCommand(file, { platform, environment })).toEqual({ program, args: [file] });
  });

  // What stands for the program is a script of a POSIX shell.
  describe.runIf(process.platform !== 'win32')('is started', () => {
    let root: string;
    beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'distillery-open-'))));
    afterEach(() => {
      vi.unstubAllEnvs();
      rmSync(root, { recursive: true });
    });

    it('without a shell between', async () => {
      mkdirSync(join(root, 'bin'));
      const { program } = openCommand('/x', { platform: process.platform, environment });
      const told = join(root, 'told');
      writeFileSync(join(root, 'bin', program), `#!/bin/sh\nprintf '%s\\n' "$#" "$1" > '${told}'\n`);
      chmodSync(join(root, 'bin', program), 0o755);
      vi.stubEnv('PATH', [join(root, 'bin'), process.env['PATH']].join(delimiter));
      const file = join(root, `a & touch pwned; $(touch pwned) 'it' "is"`, 'report.html');
      openInBrowser(file);
      await eventually(() => expect(readFileSync(told, 'utf8')).toBe(`1\n${file}\n`));
    });
  });
});
