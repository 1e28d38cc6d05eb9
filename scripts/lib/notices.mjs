// Collects the licence texts of bundled code and data, which must be distributed with them.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

const DIGITS = join(root, 'src', 'data', 'digits', 'ATTRIBUTION.md');

/**
 * @param {string[]} inputs files that were bundled, relative to the root
 * @returns {string} the text that ships beside the bundles
 */
export function notices(inputs) {
  const folders = new Set(
    inputs.flatMap((file) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  /** @type {Map<string, string[]>} packages by licence text, which many share */
  const byText = new Map();
  for (const path of [...folders].sort()) {
    const folder = join(root, path);
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
    const text = files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
    const title = `${name} ${version}: ${typeof license === 'string' ? license : 'see below'}`;
    byText.set(text, [...(byText.get(text) ?? []), title]);
  }
  const sections = [...byText].map(([text, titles]) => `${titles.join('\n')}\n\n${text}`.trim());
  if (!existsSync(DIGITS)) throw new Error(`${DIGITS} is missing: the digits ship under CC BY 4.0.`);
  return [
    'Distillery is made with the packages below and ships the data named first.',
    readFileSync(DIGITS, 'utf8').trim(),
    ...sections,
  ].join(`\n\n${'─'.repeat(80)}\n\n`);
}
