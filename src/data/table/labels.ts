import { UserError } from '../../config/errors';
import { listed, type Decimal, type TableFacts } from '../../config/table';
import { parseNumber } from './cells';

export interface Word {
  word: string;
  line: number;
}

/** With more distinct fractional numbers than this, the label is not a class. */
const MOST_FRACTIONS = 20;
const SAID = 12;

/**
 * Classes in the order of `given`, otherwise sorted: as numbers if all are numbers, else by code unit. Labels that are the
 * same number (2 and 2.0) are one class.
 * @throws UserError if a label is not in `given`, or the labels are not classes
 */
export function numberClasses(
  words: readonly Word[],
  given: readonly string[] | undefined,
  { file, column, decimal }: { file: string; column: string; decimal: Decimal },
): { classes: string[]; labels: Int32Array; respelled: TableFacts['label']['respelled'] } {
  const lines = new Map<string, number>();
  for (const { word, line } of words) if (!lines.has(word)) lines.set(word, line);
  const distinct = [...lines.keys()];
  const spell = spelling(distinct, decimal);
  checkSpelling(distinct, decimal, file, lines, spell);
  if (given === undefined) checkClasses(distinct, words.length, decimal, file, column);
  const classes = given ? [...given] : sortClasses([...new Set(distinct.map(spell))]);
  const numbers = new Map<string, number>();
  for (const [number, name] of classes.entries()) {
    const first = numbers.get(spell(name));
    if (first !== undefined)
      throw new UserError(
        `"classes" contains "${classes[first]}" and "${name}", which are the same number, so labels of ${file} could mean either. Remove one of them.`,
      );
    numbers.set(spell(name), number);
  }
  for (const [number, name] of classes.entries()) numbers.set(name, number);
  const labels = Int32Array.from(words, ({ word, line }) => {
    const number = numbers.get(word) ?? numbers.get(spell(word));
    if (number !== undefined) return number;
    throw new UserError(
      `${file}, line ${line}: the label "${word}" is not in "classes" (${listed(classes)}). Add it there or correct the row.`,
    );
  });
  const respelled = distinct
    .map((word) => ({ label: word, class: classes[numbers.get(word) ?? numbers.get(spell(word))!]! }))
    .filter((one) => one.label !== one.class)
    .slice(0, SAID);
  return { classes, labels, respelled };
}

/** If all labels are numbers, the shortest form of each: 2 for 2.0; otherwise the labels as written. */
function spelling(distinct: readonly string[], decimal: Decimal): (word: string) => string {
  if (!distinct.every((word) => !Number.isNaN(parseNumber(word, decimal)))) return (word) => word;
  return (word) => {
    const plain = word.replace(decimal, '.').replaceAll('−', '-');
    const whole = /^([+-]?\d+)(?:\.0*)?$/.exec(plain);
    // The digits as text, because a long number such as an id would lose its last digits.
    if (whole) return whole[1]!;
    return Number.isNaN(Number(plain)) ? word : String(Number(plain));
  };
}

/** It is not clear whether 7 and 007 are the same class. */
function checkSpelling(
  distinct: readonly string[],
  decimal: Decimal,
  file: string,
  lines: ReadonlyMap<string, number>,
  spell: (word: string) => string,
): void {
  const byNumber = new Map<number, string>();
  for (const word of distinct) {
    const value = parseNumber(word, decimal);
    if (Number.isNaN(value) || !Number.isSafeInteger(Math.trunc(value))) continue;
    const first = byNumber.get(value);
    if (first === undefined) byNumber.set(value, word);
    else if (spell(first) !== spell(word))
      throw new UserError(
        `${file}, line ${lines.get(word)}: the label "${word}" is the same number as "${first}" in line ${lines.get(first)}, but written differently. Write both in the same way, or use class names.`,
      );
  }
}

/** @throws UserError if the labels are numbers to predict, or nearly every row has a different one */
function checkClasses(
  distinct: readonly string[],
  rows: number,
  decimal: Decimal,
  file: string,
  column: string,
): void {
  if (distinct.length <= MOST_FRACTIONS) return;
  const values = distinct.map((word) => parseNumber(word, decimal));
  const numeric = values.every((value) => !Number.isNaN(value));
  const ownLabel = distinct.length > rows / 2;
  if (numeric && (ownLabel || values.some((value) => !Number.isInteger(value))))
    throw new UserError(
      `${file}: the label column ${column} contains ${distinct.length} different numbers in ${rows} rows. These look like numbers to predict (regression), but only classifiers are supported. Choose another column as "label", or add a column with groups (such as low, medium, high) and use that. If the numbers are classes, list them in "classes".`,
    );
  if (ownLabel)
    throw new UserError(
      `${file}: the label column ${column} contains ${distinct.length} different texts in ${rows} rows: nearly every row has a different label, like an id. Choose another column as "label". If the texts are classes, list them in "classes".`,
    );
}

function sortClasses(names: string[]): string[] {
  const numeric = names.every((name) => name !== '' && Number.isFinite(Number(name)));
  // By code unit, not by locale: the same order on every machine.
  return numeric ? names.sort((a, b) => Number(a) - Number(b)) : names.sort();
}
