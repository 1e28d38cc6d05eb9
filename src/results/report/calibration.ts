import type { ResultColumn } from '../resultColumns';
import { resultTable } from '../table';
import { html } from './html';
import { reliabilityDiagram } from './reliabilityDiagram';
import type { Section } from './section';
import { table } from './tables';

const COLUMNS: ResultColumn[] = ['nll', 'brier', 'calibration', 'scaledCalibration', 'temperature'];

/** Calibration, raw and after temperature scaling fitted on validation examples. */
export const calibrationSection: Section = {
  title: 'Calibration',
  content: (summary, { calibration }) =>
    html`${table(resultTable(summary, COLUMNS))}
    ${
      calibration.length > 0 &&
      html`<p class="aside">
          Accuracy against confidence in 15 bins, all seeds together; on the diagonal, confidence equals
          accuracy. Larger points stand for more examples.
        </p>
        <div class="triple">${calibration.map((arm) => reliabilityDiagram(arm, summary.part))}</div>`
    }`,
};
