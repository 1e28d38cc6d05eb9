import { inflateRawSync } from 'node:zlib';
import { UserError } from '../../config/errors';
import type { RawData } from '../dataSet';
import { inMemory } from '../inputs';
import { packedDigits } from './packed';

const COUNT = 1797;
const PIXELS = 64;

/**
 * The included digits: 1,797 images, 8×8, pixels 0–16 divided by 16. Origin and licence: ATTRIBUTION.md.
 * @param shape of one input; flat by default
 */
export function readDigits(shape: number[] = [PIXELS]): RawData {
  if (shape.reduce((a, b) => a * b, 1) !== PIXELS)
    throw new UserError(`shape [${shape.join(', ')}] does not match the 64 pixels of a digit. Use [64] or [8, 8, 1].`);
  const bytes = inflateRawSync(Buffer.from(packedDigits, 'base64'));
  return {
    inputs: inMemory(
      Float32Array.from(bytes.subarray(0, COUNT * PIXELS), (pixel) => pixel / 16),
      COUNT,
    ),
    inputShape: shape,
    labels: Int32Array.from(bytes.subarray(COUNT * PIXELS)),
    classes: Array.from({ length: 10 }, (_, digit) => String(digit)),
  };
}
