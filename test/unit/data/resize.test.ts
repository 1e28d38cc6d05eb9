import { image, setBackend, tensor4d, tile } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { stream } from '../../../src/data/random';
import { resize } from '../../../src/data/resize';

beforeAll(() => setBackend('cpu'));

const side = fc.integer({ min: 1, max: 9 });

describe('resize', () => {
  it('gives the numbers of tf.image.resizeBilinear with half-pixel centres', () => {
    fc.assert(
      fc.property(side, side, side, side, fc.constantFrom(1, 3), (h, w, height, width, channels) => {
        const pictures = stream(h, w).fillNormal(new Float32Array(2 * h * w * channels));
        const theirs = image
          .resizeBilinear(tensor4d(pictures, [2, h, w, channels]), [height, width], false, true)
          .dataSync();
        const own = resize(pictures, [h, w, channels], [height, width, channels]);
        expect(own.length).toBe(theirs.length);
        own.forEach((value, i) => expect(value).toBeCloseTo(theirs[i]!, 5));
      }),
      { numRuns: 60 },
    );
  });

  it('repeats a single channel', () => {
    const grey = Float32Array.from([1, 2, 3, 4]);
    const theirs = tile(tensor4d(grey, [1, 2, 2, 1]), [1, 1, 1, 3]).dataSync();
    expect(resize(grey, [2, 2, 1], [2, 2, 3])).toEqual(theirs);
  });

  it('to the same size changes nothing', () => {
    const pictures = stream(0).fillNormal(new Float32Array(50));
    expect(resize(pictures, [5, 5, 2], [5, 5, 2])).toEqual(pictures);
  });
});
