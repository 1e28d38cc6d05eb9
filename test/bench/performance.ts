import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from './contenders';
import type { Results } from './results';
import { sheetsOf } from './sheets/all';
import type { Sheet } from './sheets/sheet';

/** docs/performance.md: every figure comes from what was measured. */
export async function performancePage(results: Results): Promise<string> {
  const { summary, steps, others } = sheetsOf(results);
  const text = [
    '# Performance',
    'Written by `npm run bench -- --write`; change nothing here by hand. Figures hold for the machine below. Absolute times say ' +
      'little about another one, ratios say more.',
    ...machineLines(results),
    '## How it is measured',
    ...howLines(results),
    ...summary.map(section),
    '## Steps side by side',
    ...steps.map((sheet) => section(sheet, '###')),
    ...others.map((sheet) => section(sheet, '##')),
  ].join('\n\n');
  const file = join(root, 'docs/performance.md');
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}

function machineLines({ machine, date, commands, leftOut }: Results): string[] {
  const { cpu, cores, memoryGB, system, versions } = machine;
  return [
    [
      `- **Machine:** ${cpu}, ${cores} cores, ${memoryGB.toFixed(0)} GB, ${system}`,
      `- **Versions:** ${Object.entries(versions)
        .map((pair) => pair.join(' '))
        .join(', ')}`,
      `- **Date:** ${date.slice(0, 10)}, by ${commands.map((command) => `\`${command}\``).join(', then ')}`,
      ...(leftOut.length > 0 ? [`- **Left out:** ${leftOut.join(' ')}`] : []),
    ].join('\n'),
  ];
}

const howLines = ({ repeats, blockMs }: Results): string[] => [
  `Every contender trains in a process of its own that lives throughout. In each of ${repeats} repeats each does a block of steps ` +
    `(about ${blockMs / 1000} s), alone, one after the other; who begins changes from repeat to repeat. A block counts by the median of ` +
    'its steps. Shown are the median over the repeats and, in brackets, the least and the most. A ratio is the median of the ' +
    'ratios within each repeat, so that what slows the machine for a while slows both.',
  'All train the same network on the same batch with Adam and a learning rate of 0.001, and read the loss of each step as a number. ' +
    'Numbers of parameters are equal, and losses after the same number of steps are of the same size; initial weights differ. ' +
    'Distillery’s engines are given each batch as plain numbers, as in a training, and copy it; the others hold it as tensors.',
];

function section({ title, command, about, head, rows, notes }: Sheet, level: unknown): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    `${typeof level === 'string' ? level : '##'} ${title}`,
    `${about} Again: \`${command}\`.`,
    [line(head), line(head.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n'),
    ...(notes.length > 0 ? [notes.map((note) => `- ${note}`).join('\n')] : []),
  ].join('\n\n');
}
