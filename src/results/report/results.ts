import { pointsWithUnit, holmNote, verdictWord } from '../format';
import { shownArms } from '../shown';
import type { Summary } from '../summary';
import type { ResultColumn } from '../resultColumns';
import { resultTable, seedTable, type Table } from '../table';
import { html, sentence, type Markup } from './html';
import type { Section } from './section';
import { leftOut, table } from './tables';

/** What a student is chosen by. */
const MAIN: ResultColumn[] = [
  'accuracy',
  'errors',
  'agreement',
  'calibration',
  'parameters',
  'size',
  'latency',
];
const FIDELITY: ResultColumn[] = ['agreement', 'klToTeacher'];
const COST: ResultColumn[] = [
  'parameters',
  'size',
  'multiplyAdds',
  'batch1',
  'batch32',
  'memory',
  'training',
  'processor',
  'trainingMemory',
];

export const resultsSection: Section = {
  title: 'Results',
  content: (summary) =>
    html`${table(resultTable(summary, MAIN))} ${leftOut(shownArms(summary).left, 'arm')}
      ${summary.comparisons.length > 1 && allArms(summary)}
      <h3>Seed by seed</h3>
      ${table(seedTable(summary))}`,
};

export const fidelitySection: Section = {
  title: 'Fidelity to the teacher',
  content: (summary) =>
    html`<p class="aside">
        How often teacher and student predict the same class, and how far the student’s probabilities are from
        the teacher’s at T 1, on ${summary.part} examples.
      </p>
      ${table(students(resultTable(summary, FIDELITY)))}`,
};

export const costSection: Section = {
  title: 'Cost',
  content: (summary) =>
    html`<p class="aside">
        Latency: ${summary.engine ? `with the ${summary.engine.name} engine, ` : ''}from inputs to logits,
        each kind of network in its own warmed-up process with no other measurement running. Memory: the peak
        resident set size of a process, engine included. CPU time: of all threads together.
      </p>
      ${table(resultTable(summary, COST))}`,
};

const students = ({ head, rows }: Table): Table => ({
  head,
  rows: rows.filter(({ kind }) => kind !== 'teacher'),
});

/** Every arm that is shown individually, compared with its scratch. */
function allArms(summary: Summary): Markup {
  const { arms } = shownArms(summary);
  return html`<p class="aside">
      Against scratch, paired by seed. Verdicts of all arms except the headline’s are corrected for the number
      of arms (Holm).
    </p>
    ${arms.map(({ slug, title }) => {
      const one = summary.comparisons.find(({ arm }) => arm === slug);
      if (!one) return false;
      const gain = one.mean !== null && ` ${pointsWithUnit(one.mean, one.decimals)}`;
      const note = holmNote(one);
      return html`<h3>${title}: ${verdictWord(one)}${gain}${note !== null && `, ${note}`}</h3>
        <p>${sentence(one.sentence)}</p>`;
    })}`;
}
