import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cssColour, parseColour } from '../../../webview/theme';

test.each([
  ['rgb(89, 164, 249)', '#59a4f9'],
  ['rgba(234, 92, 0, 0.33)', 'rgba(234, 92, 0, 0.33)'],
  ['color(srgb 1 0.5 0)', '#ff8000'],
  ['color(srgb 1 0 0 / 0.5)', 'rgba(255, 0, 0, 0.5)'],
  ['rgb(10% 20% 30% / 40%)', 'rgba(26, 51, 77, 0.4)'],
])('%s', (computed, css) => {
  expect(cssColour(computed)).toBe(css);
});

test('what is no colour stays what it is', () => {
  expect(parseColour('currentcolor')).toBeNull();
  expect(cssColour('red')).toBe('red');
});

test('no custom property of ours has the name of a token that the toolkit writes into the page', () => {
  const read = (file: string) => readFileSync(join(import.meta.dirname, '../../..', file), 'utf8');
  const ours = [...read('webview/styles.css').matchAll(/:root \{([^}]*)\}/g)].flatMap(([, rules]) =>
    [...rules!.matchAll(/--([\w-]+):/g)].map(([, name]) => name),
  );
  const tokens = read('node_modules/@vscode/webview-ui-toolkit/dist/design-tokens.js');
  const theirs = [...tokens.matchAll(/create\('([\w-]+)'/g)].map(([, name]) => name);
  expect(ours.length).toBeGreaterThan(10);
  expect(theirs.length).toBeGreaterThan(50);
  expect(ours.filter((name) => theirs.includes(name))).toEqual([]);
});
