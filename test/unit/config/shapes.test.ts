import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { layerSchema } from '../../../src/config/layers';
import { describeNetwork, ShapeError } from '../../../src/config/shapes';

type Written = z.input<typeof layerSchema>;
const describeLayers = (layers: Written[], inputShape: number[]) =>
  describeNetwork(z.array(layerSchema).parse(layers), inputShape);
const sentence = (layers: Written[], inputShape: number[]): string => {
  try {
    describeLayers(layers, inputShape);
  } catch (error) {
    expect(error).toBeInstanceOf(ShapeError);
    return (error as ShapeError).message;
  }
  throw new Error('no error');
};

describe('a network', () => {
  it('of dense layers', () => {
    const layers: Written[] = [
      { type: 'dropout', rate: 0.1 },
      { type: 'dense', units: 16 },
      { type: 'dense', units: 10 },
    ];
    expect(describeLayers(layers, [64])).toMatchObject({
      title: 'MLP 64-16-10',
      outputShape: [10],
      total: 1210,
      trainable: 1210,
    });
    expect(describeLayers(layers, [64]).multiplications).toBe(64 * 16 + 16 * 10);
    expect(describeLayers([{ type: 'dense', units: 3, useBias: false }], [5]).total).toBe(15);
  });

  it('of convolutions', () => {
    const { title, layers, total, multiplications } = describeLayers(
      [
        { type: 'conv2d', filters: 8 },
        { type: 'maxPooling2d' },
        { type: 'conv2d', filters: 16, kernelSize: [3, 1], strides: 2, padding: 'valid' },
        { type: 'flatten' },
        { type: 'dense', units: 10 },
      ],
      [8, 8, 3],
    );
    expect(title).toBe('CNN 8-16, 10');
    expect(layers.map((l) => l.outputShape)).toEqual([[8, 8, 8], [4, 4, 8], [1, 2, 16], [32], [10]]);
    const weights = [3 * 3 * 3 * 8, 3 * 8 * 16, 32 * 10] as const;
    expect(total).toBe(weights[0] + 8 + weights[1] + 16 + weights[2] + 10);
    expect(multiplications).toBe(weights[0] * 64 + weights[1] * 2 + weights[2]);
  });

  it.each<[Written, number[], number[], number, number]>([
    [{ type: 'depthwiseConv2d', depthMultiplier: 2 }, [7, 7, 4], [7, 7, 8], 9 * 8 + 8, 9 * 8 + 8],
    [{ type: 'depthwiseConv2d', useBias: false, strides: 2 }, [7, 7, 4], [4, 4, 4], 36, 36],
    [{ type: 'maxPooling2d' }, [7, 7, 4], [3, 3, 4], 0, 0],
    [{ type: 'averagePooling2d', poolSize: 3, strides: 1, padding: 'same' }, [7, 7, 4], [7, 7, 4], 0, 0],
    [{ type: 'globalAveragePooling2d' }, [7, 7, 4], [4], 0, 0],
    [{ type: 'batchNormalization' }, [7, 7, 4], [7, 7, 4], 8, 16],
    [{ type: 'batchNormalization' }, [5], [5], 10, 20],
    [{ type: 'activation', activation: 'gelu' }, [5], [5], 0, 0],
    // Two 3×3 convolutions without bias, gamma and beta of both.
    [{ type: 'residual', filters: 4 }, [7, 7, 4], [7, 7, 4], 2 * 144 + 2 * 8, 2 * 144 + 2 * 16],
    // The shortcut is projected: a 1×1 convolution more, normalized too.
    [
      { type: 'residual', filters: 8, strides: 2 },
      [7, 7, 4],
      [4, 4, 8],
      288 + 576 + 32 + 3 * 16,
      288 + 576 + 32 + 3 * 32,
    ],
    [
      { type: 'residual', filters: 8, normalization: false },
      [7, 7, 4],
      [7, 7, 8],
      296 + 584 + 40,
      296 + 584 + 40,
    ],
  ])('%o on %o', (layer, inputShape, outputShape, trainable, total) => {
    expect(describeLayers([layer], inputShape)).toMatchObject({ outputShape, trainable, total });
  });
});

describe('a layer that does not fit is named with its input and what it needs', () => {
  it.each<[Written[], number[], string]>([
    [
      [{ type: 'dense', units: 4 }],
      [8, 8, 1],
      'Layer 1 (dense) gets inputs of shape [8, 8, 1] from the data, but needs a flat input: insert a flatten layer before it.',
    ],
    [
      [{ type: 'conv2d', filters: 4, name: 'stem' }],
      [64],
      'Layer 1 (conv2d “stem”) gets inputs of shape [64] from the data, but needs images, [height, width, channels].',
    ],
    [
      [{ type: 'flatten' }, { type: 'maxPooling2d' }],
      [4, 4, 1],
      'Layer 2 (maxPooling2d) gets inputs of shape [16], but needs images, [height, width, channels].',
    ],
    [
      [{ type: 'maxPooling2d', poolSize: 3 }],
      [2, 9, 1],
      'Layer 1 (maxPooling2d) gets inputs of shape [2, 9, 1] from the data, but its window of 3×3 does not fit: use a smaller window, or set padding to "same".',
    ],
  ])('%o on %o', (layers, inputShape, message) => expect(sentence(layers, inputShape)).toBe(message));
});

describe('any list of layers', () => {
  const size = fc.integer({ min: 1, max: 5 });
  const layer = fc.oneof(
    size.map((units): Written => ({ type: 'dense', units })),
    fc
      .tuple(size, size, size, fc.constantFrom('same' as const, 'valid' as const))
      .map(([filters, kernelSize, strides, padding]): Written => ({
        type: 'conv2d',
        filters,
        kernelSize,
        strides,
        padding,
      })),
    fc.tuple(size, size).map(([filters, strides]): Written => ({ type: 'residual', filters, strides })),
    fc.constantFrom<Written>(
      { type: 'flatten' },
      { type: 'batchNormalization' },
      { type: 'maxPooling2d' },
      { type: 'globalAveragePooling2d' },
    ),
  );
  it('has positive integer shapes, or an error', () => {
    let fitted = 0;
    fc.assert(
      fc.property(
        fc.array(layer, { minLength: 1, maxLength: 6 }),
        fc.array(size, { minLength: 1, maxLength: 3 }),
        (layers, input) => {
          try {
            const { layers: described, total, trainable } = describeLayers(layers, input);
            for (const { outputShape } of described)
              for (const length of outputShape) expect(Number.isInteger(length) && length > 0).toBe(true);
            expect(trainable).toBeLessThanOrEqual(total);
            fitted += 1;
          } catch (error) {
            expect(error).toBeInstanceOf(ShapeError);
          }
        },
      ),
      { numRuns: 500, seed: 1 },
    );
    expect(fitted).toBeGreaterThan(50);
  });
});
