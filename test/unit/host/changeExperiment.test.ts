import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { freeFile } from '../../../src/host/commands/changeExperiment';

it('names a new experiment so that neither its file nor its folder of runs is there', () => {
  const root = mkdtempSync(join(tmpdir(), 'distillery-free-'));
  const view = { key: join(root, 'few.distill.json'), runsFolder: join(root, 'runs', 'few') };
  const name = () => basename(freeFile(view, 'sweep'));
  expect(name()).toBe('few-sweep.distill.json');
  writeFileSync(join(root, 'few-sweep.distill.json'), '{}');
  expect(name()).toBe('few-sweep-2.distill.json');
  mkdirSync(join(root, 'runs', 'few-sweep-2'), { recursive: true });
  expect(name()).toBe('few-sweep-3.distill.json');
});
