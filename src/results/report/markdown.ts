import { holmNote, plural, verdictWord } from '../format';
import { cellTable } from '../cells';
import { headlineOf, shownArms } from '../shown';
import type { Summary } from '../summary';
import { sweepText } from '../sweepText';
import type { ResultColumn } from '../resultColumns';
import { resultTable, type Table } from '../table';
import type { ReportExtras } from './extras';
import { limits } from './limits';
import { questionOf } from './page';

const COLUMNS: ResultColumn[] = ['accuracy', 'agreement', 'calibration', 'parameters', 'size', 'latency'];
const MOST_CELLS = 10;

/** The answer for a pull request, in GitHub’s Markdown: what is in the report and fits into a comment. */
export function markdown(
  summary: Summary,
  { command, files }: Pick<ReportExtras, 'command' | 'files'>,
): string {
  const headline = headlineOf(summary);
  const token = headline && `**${verdictWord(headline)}**: `;
  const parts = [
    `## ${escaped(summary.experiment)}`,
    escaped(questionOf(summary).trim()),
    headline ? `${token}${sentence(headline.sentence)}` : 'No arm to compare with scratch.',
    ...summary.afterLook.map(escaped),
    tableOf(resultTable(summary, COLUMNS)),
    ...more(shownArms(summary).left, 'arm'),
    ...armsOf(summary),
    ...sweepOf(summary),
    '### How to reproduce this',
    code(command),
    ...(files.length > 0
      ? [
          tableOf(
            { head: ['file', 'SHA-256'], rows: files.map((cells) => ({ cells, kind: 'scratch' })) },
            'left',
          ),
        ]
      : []),
    '### What was not established',
    limits(summary)
      .map((text) => `- ${escaped(text)}`)
      .join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The verdicts of all arms that are shown individually, except the headline. */
function armsOf(summary: Summary): string[] {
  const verdicts = shownArms(summary).arms.flatMap(({ slug, title }) => {
    const one = summary.comparisons.find(({ arm }) => arm === slug);
    if (one === undefined || one.primary) return [];
    const word = [verdictWord(one), holmNote(one)]
      .filter((text) => text !== null)
      .map(escaped)
      .join(', ');
    return [`- ${escaped(title)}: **${word}**. ${sentence(one.sentence)}`];
  });
  return verdicts.length === 0 ? [] : ['### Other arms', verdicts.join('\n')];
}

function sweepOf(summary: Summary): string[] {
  const { sweep } = summary;
  if (sweep === null) return [];
  const { table, left } = cellTable(summary, sweep, MOST_CELLS);
  return [
    '### Sweep',
    sweepText(summary, sweep).map(escaped).join('\n\n'),
    tableOf(table),
    ...more(left, 'cell'),
  ];
}

const more = (left: number, what: string) =>
  left > 0 ? [`And ${plural(left, `more ${what}`)}: see the report.`] : [];

function tableOf({ head, rows }: Table, numbers: 'left' | 'right' = 'right'): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  const rule = head.map((_, i) => (i === 0 || numbers === 'left' ? ':---' : '---:'));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(({ cells }) => line(cells))].join('\n');
}

/** Text in which no character means anything to Markdown or HTML; on one line, so that a table keeps its rows. */
const escaped = (text: string): string =>
  text
    .replaceAll(/\s*[\r\n]+\s*/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>#|~!&]/g, (character) => `&#${character.codePointAt(0)};`)
    // An arm's name must not mention a GitHub user.
    .replaceAll('@', '@\u2060');

/** **This** stays strong. */
const sentence = (text: string): string =>
  text
    .split('**')
    .map((part, i) => (i % 2 === 1 ? `**${escaped(part)}**` : escaped(part)))
    .join('');

/** In a fence longer than any run of backticks in it. */
function code(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sh\n${text}\n${fence}`;
}
