import { type Diagnostic, finding, writeValue, type Document } from '../document';
import { columnText, listed, type Suspicion, type TableFacts } from '../table';
import type { Inspected } from './inspected';

/** Columns and headers of a table that were probably not intended as the config has them. */
export function lintTable({ experiment, facts, documents }: Inspected): Diagnostic[] {
  const { data: config } = experiment.config;
  const table = facts.data?.table;
  if (!table || config.source !== 'csv') return [];
  const document = documents.experiment;
  const doubtful = table.headerDoubtful ? [doubtfulHeader(document, table)] : [];
  const suspects = (Object.keys(sentences) as Suspicion[]).flatMap((why): Diagnostic[] => {
    const columns = table.suspects.filter((one) => one.why === why).map(({ column }) => column);
    if (columns.length === 0) return [];
    const fixes =
      config.columns === undefined
        ? writeValue(document, ['data', 'ignore'], [...(config.ignore ?? []), ...columns])
        : writeValue(
            document,
            ['data', 'columns'],
            table.inputs.filter((column) => !columns.includes(column)),
          );
    if (why === 'code')
      fixes.unshift(
        ...writeValue(document, ['data', 'categories'], [...(config.categories ?? []), ...columns]),
      );
    const message = sentences[why](
      listed(columns.map(columnText), 6),
      columns.length === 1,
      columnText(table.label.column),
    );
    const place = config.columns === undefined ? ['data', 'ignore'] : ['data', 'columns'];
    const severity = why === 'constant' ? 'info' : 'warning';
    return [finding(document, place, { severity, code: codes[why], message, fixes })];
  });
  return [...doubtful, ...suspects];
}

function doubtfulHeader(document: Document, { header, inputs }: TableFacts): Diagnostic {
  // Integers may be names, such as years; fractions are not.
  const loses = header && inputs.some((name) => /^[+-]?\d*[.,]\d+$/.test(String(name)));
  return finding(document, ['data', 'header'], {
    severity: loses ? 'error' : 'warning',
    code: 'doubtful-header',
    message: header
      ? 'The first row looks like an example but is read as a header. If it is an example, set "header" to false and "label" to a column number.'
      : 'The first row looks like a header but is read as an example. If it is a header, set "header" to true.',
    fixes: writeValue(document, ['data', 'header'], !header),
  });
}

const codes: Record<Suspicion, string> = {
  'row number': 'likely-id',
  id: 'likely-id',
  code: 'likely-code',
  'many codes': 'likely-code',
  date: 'likely-date',
  label: 'several-labels',
  constant: 'constant-column',
};

type Words = (names: string, one: boolean, label: string) => string;
const subject = (names: string, one: boolean) => (one ? `Column ${names}` : `Columns ${names}`);

const sentences: Record<Suspicion, Words> = {
  'row number': (names, one) =>
    `${subject(names, one)} ${one ? 'contains' : 'contain'} row numbers and ${one ? 'is an input' : 'are inputs'}: a network could learn the order of the file. Exclude ${one ? 'it' : 'them'}.`,
  id: (names, one) =>
    `${subject(names, one)} ${one ? 'looks like an id' : 'look like ids'}, with a different value in every row, but ${one ? 'is an input' : 'are inputs'}. Exclude ${one ? 'it' : 'them'}.`,
  code: (names, one) =>
    `${subject(names, one)} ${one ? 'has' : 'have'} numbers with leading zeros, such as 00123, like codes, but ${one ? 'is' : 'are'} read as numbers. Read ${one ? 'it' : 'them'} as categories, or exclude ${one ? 'it' : 'them'}.`,
  'many codes': (names, one) =>
    `${subject(names, one)} ${one ? 'has' : 'have'} numbers with leading zeros, such as 00123, like ids or postal codes, but ${one ? 'is' : 'are'} read as numbers. Exclude ${one ? 'it' : 'them'}.`,
  date: (names, one) =>
    `${subject(names, one)} ${one ? 'looks like a date or time' : 'look like dates or times'} but ${one ? 'is an input' : 'are inputs'}. Exclude ${one ? 'it' : 'them'}.`,
  label: (names, one, label) =>
    `${subject(names, one)} ${one ? 'is named like a label' : 'are named like labels'}, but only ${label} is the label, so ${one ? 'it is an input' : 'they are inputs'}. Exclude columns whose values are not known for new examples.`,
  constant: (names, one) =>
    `${subject(names, one)} ${one ? 'has' : 'have'} the same value in every row, so a network cannot learn from ${one ? 'it' : 'them'}.`,
};
