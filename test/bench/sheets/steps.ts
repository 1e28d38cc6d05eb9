import { REFERENCE } from '../contenders';
import { number, percent, ratioText, spreadText } from '../format';
import type { Results } from '../results';
import { QUIET } from '../targets';
import { COMMAND, type Sheet } from './sheet';

type Workload = Results['workloads'][number];

export const titleOf = ({ contenders }: Results, id: string): string => {
  const found = contenders.find((contender) => contender.id === id);
  return found ? [found.title, found.threads].filter(Boolean).join(', ') : id;
};

/** One workload, contender by contender. */
export function stepsSheet(results: Results, { id, title, batchSize, rows, disagreements }: Workload): Sheet {
  const there = rows.filter(({ failed }) => failed === undefined);
  const parameters = there[0]?.parameters;
  return {
    title,
    command: `${COMMAND} --only ${id}`,
    about:
      `Milliseconds per step, batch ${batchSize}` +
      (parameters === undefined ? '.' : `, ${parameters.toLocaleString('en-US')} parameters.`),
    head: ['', 'ms a step', 'ms of processor', 'to PyTorch fused', 'peak memory, MB', 'loss'],
    rows: there.map((row) => [
      titleOf(results, row.contender),
      row.ms ? spreadText(row.ms) : '',
      row.cpuMs ? number(row.cpuMs.median) : '',
      row.ratio ? (row.contender === REFERENCE ? '1' : ratioText(row.ratio)) : '',
      row.peakMemoryMB ? number(row.peakMemoryMB) : '',
      row.loss === undefined ? '' : row.loss.toFixed(3),
    ]),
    notes: [
      foreignNote(there),
      ...rows.flatMap(({ contender, failed }) =>
        failed === undefined ? [] : [`${titleOf(results, contender)}: ${failed}`],
      ),
      ...there.flatMap(({ contender, remarks = [] }) =>
        remarks.map((remark) => `${titleOf(results, contender)}: ${remark}`),
      ),
      ...disagreements,
    ],
  };
}

/** Whether the machine was quiet. */
function foreignNote(rows: Workload['rows']): string {
  const shares = rows.flatMap(({ foreign }) => (foreign ? [foreign.median] : []));
  if (shares.length === 0) return 'Nothing was measured.';
  const worst = Math.max(...shares);
  const quiet = worst <= QUIET ? '' : ', which is too much for reliable figures';
  return `Other processes used up to ${percent(worst)} of the processor during a measurement${quiet}.`;
}

/** Every contender and every workload, by one figure of each. */
function overview(results: Results, cell: (row: Workload['rows'][number]) => string) {
  return {
    head: ['', ...results.workloads.map(({ id }) => id)],
    rows: results.contenders
      .filter(({ id }) => results.workloads.some(({ rows }) => rows.some((row) => row.contender === id)))
      .map(({ id }) => [
        titleOf(results, id),
        ...results.workloads.map(({ rows }) => {
          const row = rows.find(({ contender }) => contender === id);
          return row && row.failed === undefined ? cell(row) : '–';
        }),
      ]),
    notes: [],
  };
}

export const ratioSheet = (results: Results): Sheet => ({
  title: 'Time of a step, as a multiple of PyTorch’s with fused Adam',
  command: COMMAND.replace(' --', ''),
  about: 'Lower is faster; 1 is equal. The median over repeats of the ratio within a repeat.',
  ...overview(results, ({ ratio }) => ratio?.median.toFixed(2) ?? '–'),
});

export const memorySheet = (results: Results): Sheet => ({
  title: 'Peak memory',
  command: COMMAND.replace(' --', ''),
  about: 'Highest resident set of the process of each contender and workload, in MB.',
  ...overview(results, ({ peakMemoryMB }) => (peakMemoryMB === undefined ? '–' : number(peakMemoryMB))),
});
