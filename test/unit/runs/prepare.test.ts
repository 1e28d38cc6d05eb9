import { join } from 'node:path';
import { expect, it } from 'vitest';
import { prepare } from '../../../src/runs/prepare';
import { inProcess } from '../../fixtures/inProcess';
import { EXPERIMENT, quickstartWith, STUDENT, TEACHER, workspace } from '../config/workspace';

const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${i / 8}`);
const files = quickstartWith({
  [EXPERIMENT]: [['"source": "digits"', '"source": "csv", "file": "rows.csv", "label": "y"']],
});
const found = async (changes: Record<string, string>) => {
  const { [TEACHER]: teacher = '', ...others } = files;
  const root = workspace({ ...others, 'rows.csv': `x,y\n${rows.join('\n')}\n`, ...changes });
  const { diagnostics } = await prepare(join(root, EXPERIMENT), inProcess);
  return { teacher, codes: diagnostics.map(({ code }) => code) };
};

it('shows an error in the data together with a missing or invalid network', async () => {
  const { codes, teacher } = await found({});
  expect(codes).toEqual(['missing-file', 'unusable-data']);
  expect((await found({ [TEACHER]: teacher })).codes).toContain('unusable-data');
  expect((await found({ [TEACHER]: teacher, [STUDENT]: '{}' })).codes).toEqual([
    'contradiction',
    'unusable-data',
  ]);
});

it('does not read data whose file is missing', async () => {
  const [experiment] = [files[EXPERIMENT]!.replace('rows.csv', 'other.csv')];
  expect((await found({ [EXPERIMENT]: experiment })).codes).toEqual(['missing-file', 'missing-file']);
});
