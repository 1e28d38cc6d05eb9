import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/config/errors';
import {
  newestCheckpoint,
  pruneCheckpoints,
  readCheckpoint,
  selectedCheckpoint,
  writeCheckpoint,
  type Checkpoint,
} from '../../../src/runs/checkpoint';
import { runFiles } from '../../../src/runs/layout';
import { temporaryFolder } from './fixtures';

fc.configureGlobal({ seed: 0 });

const at = (step: number, selected = false): Checkpoint => ({
  step,
  selected,
  state: { best: step },
  arrays: [
    { name: 'dense/kernel', shape: [2, 3], data: Float32Array.from([step, -0, NaN, Infinity, 1e-40, 0.1]) },
  ],
});
const left = (folder: string) =>
  readdirSync(runFiles(folder).checkpoints)
    .map((name) => parseInt(name))
    .sort((a, b) => a - b);

describe('checkpoints', () => {
  it('come back bit for bit', () => {
    const arrays = fc.array(fc.record({ name: fc.string(), data: fc.float32Array({ maxLength: 20 }) }), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.boolean(),
        arrays,
        fc.dictionary(fc.string(), fc.jsonValue()),
        (step, selected, list, state) => {
          const folder = temporaryFolder();
          // As JSON gives it back: without −0 and the like.
          const checkpoint: Checkpoint = {
            step,
            selected,
            state: JSON.parse(JSON.stringify(state)) as Record<string, unknown>,
            arrays: list.map(({ name, data }) => ({ name, shape: [data.length], data })),
          };
          const file = writeCheckpoint(folder, checkpoint);
          expect(file).toBe(`checkpoints/${step}.ckpt`);
          expect(readCheckpoint(join(folder, file))).toEqual(checkpoint);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are refused when a byte is wrong or missing', () => {
    const folder = temporaryFolder();
    const file = join(folder, writeCheckpoint(folder, at(1)));
    const bytes = readFileSync(file);
    for (let position = 0; position < bytes.length; position += 7) {
      const damaged = Buffer.from(bytes);
      damaged[position]! ^= 1;
      writeFileSync(file, damaged);
      expect(() => readCheckpoint(file)).toThrow(UserError);
      writeFileSync(file, bytes.subarray(0, position));
      expect(() => readCheckpoint(file)).toThrow('is not a complete checkpoint');
    }
  });

  it('are gone on from the newest whole one', () => {
    const folder = temporaryFolder();
    expect(newestCheckpoint(folder)).toBeNull();
    for (const step of [5, 40, 100]) writeCheckpoint(folder, at(step));
    expect(newestCheckpoint(folder)?.step).toBe(100);
    writeFileSync(runFiles(folder).checkpoint(100), 'torn');
    writeFileSync(`${runFiles(folder).checkpoint(200)}.12-ab.tmp`, 'half');
    expect(newestCheckpoint(folder)).toEqual(at(40));
  });

  it('are pruned to the newest and the newest selected whole ones', () => {
    const folder = temporaryFolder();
    for (const [step, selected] of [
      [10, true],
      [20, true],
      [30, false],
      [40, false],
    ] as const)
      writeCheckpoint(folder, at(step, selected));
    pruneCheckpoints(folder);
    expect(left(folder)).toEqual([20, 40]);
    expect(selectedCheckpoint(folder)?.step).toBe(20);
    writeCheckpoint(folder, at(50, true));
    pruneCheckpoints(folder);
    expect(left(folder)).toEqual([50]);
  });

  it('are not pruned away for one that is damaged', () => {
    const folder = temporaryFolder();
    for (const step of [10, 20]) writeCheckpoint(folder, at(step, true));
    writeFileSync(runFiles(folder).checkpoint(20), 'torn');
    pruneCheckpoints(folder);
    expect(newestCheckpoint(folder)?.step).toBe(10);
  });
});
