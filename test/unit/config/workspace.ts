import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { experimentFiles, defaultAnswers } from '../../../src/config/scaffold';

/** A folder with these files, gone when the test file is done. */
export function workspace(files: Record<string, string | Buffer> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'distillery-config-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const quickstart = experimentFiles(defaultAnswers, '.');
export const EXPERIMENT = 'few-labels.distill.json';
export const TEACHER = 'mlp-256.teacher.json';
export const STUDENT = 'mlp-16.student.json';

/** The quickstart's three files, each changed by a replacement that must hit. */
export function quickstartWith(
  changes: Record<string, [from: string, to: string][]> = {},
): Record<string, string> {
  const files = { ...quickstart };
  for (const [file, replacements] of Object.entries(changes))
    for (const [from, to] of replacements) {
      const before = files[file] ?? '';
      if (!before.includes(from)) throw new Error(`${file} has no ${from}`);
      files[file] = before.replace(from, to);
    }
  return files;
}
