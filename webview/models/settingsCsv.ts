import { gains, type Cells } from '../../src/results/laboratory/cells';
import { toCsv } from '../chart/csv';

/** Every seed of every setting, unrounded: what chart and table of the settings are made of. */
export function settingsCsv({ cells, parameters }: Cells): string {
  return toCsv([
    [
      'arm',
      ...parameters.map(({ path }) => path),
      'seed',
      'validation accuracy',
      ...gains.map((gain) => `${gain} less scratch`),
    ],
    ...cells.flatMap(({ title, values, seeds }) =>
      seeds.map(({ seed, accuracy, gain }) => [
        title,
        ...parameters.map(({ path }) => {
          const value = values[path] ?? null;
          return typeof value === 'boolean' ? String(value) : value;
        }),
        seed,
        accuracy,
        ...gains.map((key) => gain[key]),
      ]),
    ),
  ]);
}
