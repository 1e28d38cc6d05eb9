import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { layerSchema } from '../../../src/config/layers';
import { describeNetwork } from '../../../src/config/shapes';
import { loadEngine } from '../../../src/engines/engines';
import { buildNetwork } from '../../../src/models/build';
import { multiplyAdds } from '../../../src/models/multiplyAdds';

beforeAll(async () => void (await loadEngine('portable')));
const SHAPE = [9, 9, 2];

describe('multiply–adds of a model', () => {
  test.each([
    ['dense layers', [{ type: 'flatten' }, { type: 'dense', units: 7, useBias: false }]],
    [
      'all else',
      [
        { type: 'conv2d', filters: 3, kernelSize: [3, 2], strides: 2, padding: 'valid', activation: 'gelu' },
        { type: 'residual', filters: 4, strides: 2, activation: 'swish' },
        { type: 'residual', filters: 4 },
        { type: 'depthwiseConv2d', depthMultiplier: 2 },
        { type: 'batchNormalization' },
        { type: 'activation', activation: 'relu' },
        { type: 'maxPooling2d', padding: 'same' },
        { type: 'averagePooling2d', poolSize: 1 },
        { type: 'dropout', rate: 0.5 },
        { type: 'globalAveragePooling2d' },
      ],
    ],
  ])('of %s are those that its description counts', (_, hidden) => {
    const layers = [...hidden, { type: 'dense', units: 5 }].map((layer) => layerSchema.parse(layer));
    const { model } = buildNetwork(layers, SHAPE, 5, 0);
    expect(multiplyAdds(model)).toBe(describeNetwork(layers, SHAPE).multiplications);
  });

  test('count what a saved model can have beyond them', () => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.separableConv2d({ filters: 6, kernelSize: 3, padding: 'same', inputShape: SHAPE }),
        tfl.layers.flatten(),
        tfl.layers.dense({ units: 5 }),
      ],
    });
    expect(multiplyAdds(model)).toBe(81 * (9 * 2 + 2 * 6) + 81 * 6 * 5);
  });

  test('are null for a layer of another kind', () => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.lstm({ units: 4, inputShape: [5, 3], recurrentInitializer: 'zeros' }),
        tfl.layers.dense({ units: 2 }),
      ],
    });
    expect(multiplyAdds(model)).toBeNull();
  });
});
