import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeSavedModel } from '../../../src/config/savedModel';
import { formatNpy } from '../../../src/data/npy';
import { readResult } from '../../../src/runs/folder';
import { readLease } from '../../../src/runs/lease';
import { runFiles } from '../../../src/runs/layout';
import { readPredictions } from '../../../src/runs/runInput';
import { plantExperiment, plantResult, plantRun } from '../../fixtures/runFolders';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'distillery-sizes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A file of so many bytes that takes no room on the disk. */
function vast(file: string, bytes: number): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  truncateSync(file, bytes);
  return file;
}

describe('a file that is much larger than it should be is not read', () => {
  it('result.json', async () => {
    const planted = await plantRun(plantExperiment(folder), 'teacher');
    plantResult(planted, 0.9);
    expect((await readResult(planted.folder)).value).not.toBeNull();
    const { result } = runFiles(planted.folder);
    vast(result, 500e6);
    const { value, problem } = await readResult(planted.folder);
    expect(value).toBeNull();
    expect(problem).toBe(
      `${result} has 500 MB, but at most 50 MB were expected, so it was not read. Is it the right file?`,
    );
  });

  it('predictions, held against run.json', async () => {
    const { folder: run, run: file } = await plantRun(plantExperiment(folder), 'teacher');
    const files = runFiles(run);
    const { validation } = file.data.counts;
    mkdirSync(dirname(files.predictions('validation')), { recursive: true });
    writeFileSync(files.labels('validation'), formatNpy(new Int32Array(validation), [validation]));
    const logits = new Float32Array(validation * 10);
    writeFileSync(files.predictions('validation'), formatNpy(logits, [validation, 10]));
    expect((await readPredictions(run, 'validation'))?.logits).toHaveLength(validation * 10);
    vast(files.predictions('validation'), 500e6);
    await expect(readPredictions(run, 'validation')).rejects.toThrow(
      'validation.npy has 500 MB, but at most 1 MB were expected',
    );
  });

  it('a lease, which is then none', async () => {
    expect(await readLease(vast(join(folder, 'lease.json'), 500e6))).toBeNull();
  });

  it('model.json', () => {
    expect(() => describeSavedModel(vast(join(folder, 'model.json'), 500e6))).toThrow(
      'model.json has 500 MB, but at most 20 MB were expected',
    );
  });
});
