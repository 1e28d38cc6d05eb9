import Table from 'cli-table3';
import { PLAIN_TABLE } from '../../src/cli/output';
import type { Results } from './results';
import { sheetsOf } from './sheets/all';
import type { Sheet } from './sheets/sheet';
import { stepsSheet } from './sheets/steps';

/** A sheet as lines for the terminal. */
function lines({ title, head, rows, notes, about }: Sheet): string {
  const table = new Table({
    ...PLAIN_TABLE,
    head,
    colAligns: head.map((_, column) => (column === 0 ? 'left' : 'right')),
  });
  table.push(...rows);
  return [`\n${title}`, about, table.toString(), ...notes.map((note) => `  ${note}`)].join('\n');
}

export const workloadTable = (results: Results, workload: Results['workloads'][number]) =>
  lines(stepsSheet(results, workload));

/** Everything but the tables of the workloads, which are shown as they come. */
export function tables(results: Results): string {
  const { summary, others } = sheetsOf(results);
  return [...others, ...summary].map(lines).join('\n');
}
