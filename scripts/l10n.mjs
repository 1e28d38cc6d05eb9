// Writes l10n/bundle.l10n.json: every text of the extension host, for translators. `--check` only reports whether it is up to date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { format } from 'prettier';
import { root } from './lib/setup.mjs';

const sources = join(root, 'src', 'host');
const bundle = join(root, 'l10n', 'bundle.l10n.json');

/** The first argument of every l10n.t(…) in a file. @param {string} file @returns {string[]} */
function textsIn(file) {
  /** @type {string[]} */
  const texts = [];
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.getText(source) === 'l10n.t') {
      const [first] = node.arguments;
      if (!first || !ts.isStringLiteralLike(first)) throw new Error(`${file}: l10n.t needs a literal text`);
      texts.push(first.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);
const texts = [...new Set(files.flatMap((name) => textsIn(join(sources, name))))].sort();
const wanted = await format(JSON.stringify(Object.fromEntries(texts.map((text) => [text, text]))), {
  parser: 'json',
});
if (!process.argv.includes('--check')) writeFileSync(bundle, wanted);
else if (readFileSync(bundle, 'utf8') !== wanted) {
  console.error('l10n/bundle.l10n.json is not up to date: run node scripts/l10n.mjs');
  process.exitCode = 1;
}
