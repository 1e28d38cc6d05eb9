import { describe, expect, it } from 'vitest';
import { dataSchema } from '../../../src/config/data';
import { readConfig } from '../../../src/config/readConfig';
import {
  inputsSchema,
  misfit,
  shapeAfter,
  studentPreprocessing,
  teacherPreprocessing,
} from '../../../src/config/preprocessing';

const csv = (more: object = {}) => dataSchema.parse({ source: 'csv', file: 'a.csv', label: 'y', ...more });
const npy = (more: object = {}) =>
  dataSchema.parse({ source: 'npy', inputs: 'x.npy', labelFile: 'y.npy', ...more });
const idx = (more: object = {}) => dataSchema.parse({ source: 'idx', images: 'x', labelFile: 'y', ...more });
const digits = (more: object = {}) => dataSchema.parse({ source: 'digits', ...more });
const standardized = { standardize: true };

describe('standardize', () => {
  it('by itself is on for tables, off for everything else', () => {
    expect(studentPreprocessing({}, csv(), [13])).toEqual(standardized);
    expect(studentPreprocessing({}, npy(), [13])).toEqual(standardized);
    expect(studentPreprocessing({}, csv({ standardize: 'auto' }), [13])).toEqual(standardized);
    for (const [data, shape] of [
      [csv({ shape: [8, 8, 1] }), [8, 8, 1]],
      [npy(), [32, 32, 3]],
      [idx(), [28, 28, 1]],
      [digits(), [64]],
    ] as const)
      expect(studentPreprocessing({}, data, shape)).toBeUndefined();
  });

  it('is as the data say it', () => {
    expect(studentPreprocessing({}, csv({ standardize: false }), [13])).toBeUndefined();
    expect(studentPreprocessing({}, digits({ standardize: true }), [64])).toEqual(standardized);
  });

  it('leaves saved networks alone unless it is asked for: a saved teacher by its own file', () => {
    expect(studentPreprocessing({ model: 'm' }, csv(), [13])).toBeUndefined();
    expect(studentPreprocessing({ model: 'm' }, csv(standardized), [13])).toEqual(standardized);
    expect(teacherPreprocessing({ model: 'm' }, csv(standardized), [13])).toBeUndefined();
    expect(teacherPreprocessing({ model: 'm', inputs: standardized }, csv(), [13])).toEqual(standardized);
  });

  it('is for a teacher that is trained here what it is for the student, unless its file says otherwise', () => {
    expect(teacherPreprocessing({}, csv(), [13])).toEqual(standardized);
    expect(teacherPreprocessing({ inputs: { standardize: false } }, csv(), [13])).toBeUndefined();
    expect(teacherPreprocessing({ inputs: { scale: 10 } }, csv(), [13])).toEqual({
      normalize: { mean: [0], sd: [10] },
    });
  });
});

describe('inputs of a teacher', () => {
  const see = (inputs: object, data = idx(), shape = [28, 28, 1]) =>
    teacherPreprocessing({ inputs: inputsSchema.parse(inputs) }, data, shape);

  it('are said of the numbers in the file, and resolved for the data as they are read', () => {
    // The data were divided by 255: 127.5 of the file is half of that.
    expect(see({ scale: 127.5, mean: [1] })).toEqual({ normalize: { mean: [0.5], sd: [0.5] } });
    expect(see({ scale: 127.5, mean: [1] }, idx({ scale: 1 }))).toEqual({
      normalize: { mean: [127.5], sd: [127.5] },
    });
    expect(see({ mean: [0.5], sd: [0.25] })).toEqual({ normalize: { mean: [0.5], sd: [0.25] } });
  });

  it('resize pictures, those of flat digits too, and repeat their channel', () => {
    expect(see({ resize: [56, 14] })).toEqual({ resize: { from: [28, 28, 1], to: [56, 14, 1] } });
    expect(see({ channels: 3 })).toEqual({ resize: { from: [28, 28, 1], to: [28, 28, 3] } });
    const flat = see({ resize: [8, 8] }, digits(), [64]);
    expect(shapeAfter(flat, [64])).toEqual([8, 8, 1]);
  });

  it('that change nothing are none', () => {
    expect(see({})).toBeUndefined();
    expect(
      see({ resize: [28, 28], channels: 1, scale: 255, mean: [0], sd: [1, 1, 1], standardize: false }),
    ).toBeUndefined();
  });

  it('that the data cannot be brought to are a sentence', () => {
    const wrong = (inputs: object, data = idx(), shape = [28, 28, 1]) => misfit(inputs, data, shape);
    expect(wrong({ resize: [32, 32], channels: 3, mean: [1, 2, 3] })).toBeNull();
    expect(wrong({ resize: [32, 32] }, csv(), [13])).toMatchObject({
      key: 'resize',
      message: expect.stringContaining('the data have the shape [13]') as string,
    });
    expect(wrong({ channels: 1 }, npy(), [32, 32, 3])).toMatchObject({ key: 'channels' });
    expect(wrong({ mean: [1, 2, 3] })).toEqual({
      key: 'mean',
      message: 'mean has 3 numbers: give one.',
    });
    expect(wrong({ mean: [1, 2] }, npy(), [32, 32, 3])?.message).toBe(
      'mean has 2 numbers: give one, or 3, one for each channel.',
    );
    expect(wrong({ sd: [1, 2] }, csv(), [13])).toMatchObject({ key: 'sd' });
  });

  it('are checked by themselves', () => {
    const messages = (inputs: object) =>
      readConfig('a.teacher.json', JSON.stringify({ model: 'model.json', inputs })).diagnostics.map(
        ({ message }) => message,
      );
    expect(messages({ scale: 255, mean: [0.5], sd: [0.5] })).toEqual([]);
    expect(messages({ standardize: true, mean: [1] })).toEqual([
      'standardize computes mean and sd from the data: give either standardize, or scale, mean and sd.',
    ]);
    expect(messages({ sd: [0] })).not.toEqual([]);
    expect(messages({ scale: 0 })).not.toEqual([]);
    expect(messages({ resize: [32] })).not.toEqual([]);
    expect(messages({ size: [32, 32] })).not.toEqual([]);
  });
});
