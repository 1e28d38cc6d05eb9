import { describe, expect, it } from 'vitest';
import { augment } from '../../../src/data/augment';
import { stream } from '../../../src/data/random';

const images = (count: number, height = 4, width = 5, channels = 2) =>
  Float32Array.from({ length: count * height * width * channels }, (_, i) => i + 1);
const shape = [4, 5, 2];
const at = (batch: Float32Array, b: number, y: number, x: number, c: number) =>
  batch[((b * 4 + y) * 5 + x) * 2 + c]!;

describe('augment', () => {
  it('shifts each example by a whole number of pixels and fills with zeros', () => {
    const before = images(40);
    const after = before.slice();
    augment(after, shape, [{ type: 'shift', pixels: 1 }], stream(0, 'shift'));
    const seen = new Set<string>();
    for (let b = 0; b < 40; b++) {
      const moves = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dy, dx] as const));
      const fits = moves.filter(([dy, dx]) => {
        for (let y = 0; y < 4; y++)
          for (let x = 0; x < 5; x++)
            for (let c = 0; c < 2; c++) {
              const inside = y - dy >= 0 && y - dy < 4 && x - dx >= 0 && x - dx < 5;
              if (at(after, b, y, x, c) !== (inside ? at(before, b, y - dy, x - dx, c) : 0)) return false;
            }
        return true;
      });
      expect(fits.length).toBe(1);
      seen.add(String(fits[0]));
    }
    expect(seen.size).toBe(9);
  });

  it('mirrors about half of the examples, left and right', () => {
    const before = images(60);
    const after = before.slice();
    augment(after, shape, [{ type: 'flip' }], stream(0, 'flip'));
    let flipped = 0;
    for (let b = 0; b < 60; b++) {
      const mirrored = at(after, b, 0, 0, 0) === at(before, b, 0, 4, 0);
      if (mirrored) flipped++;
      for (let y = 0; y < 4; y++)
        for (let x = 0; x < 5; x++)
          for (let c = 0; c < 2; c++)
            expect(at(after, b, y, x, c)).toBe(at(before, b, y, mirrored ? 4 - x : x, c));
    }
    expect(flipped).toBeGreaterThan(15);
    expect(flipped).toBeLessThan(45);
  });

  it('adds noise of the wanted size to flat inputs too', () => {
    const batch = new Float32Array(50_000);
    augment(batch, [50], [{ type: 'noise', sd: 0.1 }], stream(0, 'noise'));
    const variance = batch.reduce((sum, v) => sum + v * v, 0) / batch.length;
    expect(Math.sqrt(variance)).toBeCloseTo(0.1, 2);
  });

  it('is the same for the same stream', () => {
    const [a, b] = [images(5), images(5)];
    const all = [{ type: 'shift', pixels: 2 }, { type: 'flip' }, { type: 'noise', sd: 1 }] as const;
    augment(a, shape, all, stream(4, 'x'));
    augment(b, shape, all, stream(4, 'x'));
    expect(a).toEqual(b);
  });

  it('says that flat inputs cannot be shifted', () => {
    const act = () => augment(new Float32Array(64), [64], [{ type: 'shift', pixels: 1 }], stream(0));
    expect(act).toThrow(
      '"shift" needs images, [height, width, channels], but the inputs have the shape [64]',
    );
  });
});
