import { number } from '../format';
import type { Growth, Point } from '../measures/growth';
import type { StepCost } from '../measures/main';
import { COMMAND, type Sheet } from './sheet';

const head = {
  width: ['784-n-n-10, batch 128', 'parameters', 'ms a step', 'peak memory, MB'],
  batch: ['batch, 784-800-800-10', 'parameters', 'ms a step', 'peak memory, MB'],
  classes: ['classes, 64-64-n, batch 128', 'parameters', 'ms a step', 'peak memory, MB'],
};

/** How cost grows, one sheet an engine and quantity. */
export const growthSheets = (growth: Growth): Sheet[] => [
  curve(growth, 'width', 'Width'),
  curve(growth, 'batch', 'Batch'),
  curve(growth, 'classes', 'Classes, with dense soft targets'),
  rowsSheet(growth),
];

function curve(growth: Growth, by: keyof typeof head, title: string): Sheet {
  const points: Point<StepCost>[] = growth[by];
  return {
    title: `${title}, ${growth.engine}`,
    command: `${COMMAND} --only growth`,
    about: 'A distilled step, soft targets given.',
    head: head[by],
    rows: points.map((point) =>
      'failed' in point
        ? [number(point.size), 'failed', '', '']
        : [
            point.size.toLocaleString('en-US'),
            point.parameters.toLocaleString('en-US'),
            number(point.ms),
            number(point.peakMemoryMB),
          ],
    ),
    notes: failures(points),
  };
}

function rowsSheet({ engine, rows }: Growth): Sheet {
  return {
    title: `Rows of 64 numbers, ${engine}`,
    command: `${COMMAND} --only growth`,
    about:
      'A trainer reads the data and soft targets of 10 classes from disk, and trains 64-16-10 for 200 steps of 50 rows; ' +
      'the time includes a final evaluation of all rows.',
    head: [
      'rows',
      'data, MB',
      'soft targets, MB',
      'reading, ms',
      'training, ms',
      'peak memory, MB',
      'more than idle, MB',
    ],
    rows: rows.map((point) =>
      'failed' in point
        ? [number(point.size), 'failed', '', '', '', '', '']
        : [
            point.rows.toLocaleString('en-US'),
            number(point.dataMB),
            number(point.softTargetsMB),
            number(point.loadMs),
            number(point.trainMs),
            number(point.peakMemoryMB),
            number(point.peakMemoryMB - point.idleMemoryMB),
          ],
    ),
    notes: failures(rows),
  };
}

const failures = (points: readonly Point<object>[]) =>
  points.flatMap((point) =>
    'failed' in point ? [`${point.size.toLocaleString('en-US')}: ${point.failed}`] : [],
  );
