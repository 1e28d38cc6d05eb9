import type { Diagnostic } from '../diagnostics';
import { finding, writeValue, type Document } from '../document';
import { columnText, listed, type Suspicion, type TableFacts } from '../table';
import type { Inspected } from './inspected';

/** What was read from a table as the config says, but was hardly meant. */
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
  // Whole numbers may be names, such as years; fractions are not.
  const loses = header && inputs.some((name) => /^[+-]?\d*[.,]\d+$/.test(String(name)));
  return finding(document, ['data', 'header'], {
    severity: loses ? 'error' : 'warning',
    code: 'doubtful-header',
    message: header
      ? 'The first row looks like an example, but is taken for a header. If it is an example, set "header": false and give "label" a number.'
      : 'The first row looks like a header, but is taken for an example. If it is a header, set "header": true.',
    fixes: writeValue(document, ['data', 'header'], !header),
  });
}

const codes: Record<Suspicion, string> = {
  'row number': 'likely-id',
  id: 'likely-id',
  date: 'likely-date',
  label: 'several-labels',
  constant: 'constant-column',
};

type Words = (names: string, one: boolean, label: string) => string;
const subject = (names: string, one: boolean) => (one ? `Column ${names}` : `Columns ${names}`);

const sentences: Record<Suspicion, Words> = {
  'row number': (names, one) =>
    `${subject(names, one)} ${one ? 'numbers' : 'number'} the rows, and ${one ? 'is an input' : 'are inputs'}: a network could learn the order of the file. Leave ${one ? 'it' : 'them'} out.`,
  id: (names, one) =>
    `${subject(names, one)} ${one ? 'looks like an id' : 'look like ids'}, different in every row, and ${one ? 'is an input' : 'are inputs'}. Leave ${one ? 'it' : 'them'} out.`,
  date: (names, one) =>
    `${subject(names, one)} ${one ? 'looks like a date or time' : 'look like dates or times'}, and ${one ? 'is an input' : 'are inputs'}. Leave ${one ? 'it' : 'them'} out.`,
  label: (names, one, label) =>
    `${subject(names, one)} ${one ? 'is named like a label' : 'are named like labels'}, but only ${label} is the label: ${one ? 'it is an input' : 'they are inputs'} that the network is shown. Leave out what is not known of a new example.`,
  constant: (names, one) =>
    `${subject(names, one)} ${one ? 'is' : 'are'} the same in every row and ${one ? 'tells' : 'tell'} nothing.`,
};
