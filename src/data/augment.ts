import { UserError } from '../config/errors';
import type { Augmentation } from '../config/training';
import type { Random } from './random';

/**
 * Changes each example of a batch at random, in place, in the order of the list. `batch` is row-major, [B, …inputShape].
 * @throws UserError if shift or flip is used with inputs that are not [height, width, channels].
 */
export function augment(
  batch: Float32Array,
  inputShape: readonly number[],
  augmentations: readonly Augmentation[],
  random: Random,
): void {
  const size = inputShape.reduce((a, b) => a * b, 1);
  const noise = new Float32Array(size);
  for (let start = 0; start < batch.length; start += size) {
    const example = batch.subarray(start, start + size);
    for (const augmentation of augmentations) {
      switch (augmentation.type) {
        case 'shift': {
          const draw = () => random.integer(2 * augmentation.pixels + 1) - augmentation.pixels;
          shift(example, imageShape(inputShape, 'shift'), draw(), draw());
          break;
        }
        case 'flip':
          if (random.integer(2) === 1) flip(example, imageShape(inputShape, 'flip'));
          break;
        case 'noise':
          random.fillNormal(noise, 0, augmentation.sd);
          for (let i = 0; i < size; i++) example[i]! += noise[i]!;
          break;
      }
    }
  }
}

type Image = readonly [height: number, width: number, channels: number];

function imageShape(shape: readonly number[], name: string): Image {
  const [height, width, channels] = shape;
  if (shape.length === 3 && height !== undefined && width !== undefined && channels !== undefined)
    return [height, width, channels];
  throw new UserError(
    `The augmentation "${name}" needs images, [height, width, channels], but the inputs have the shape [${shape.join(', ')}]. Set "shape" of the data, or remove the augmentation.`,
  );
}

/** Shifts an image down and right (up and left if negative); the border is filled with zeros. */
function shift(example: Float32Array, [height, width, channels]: Image, down: number, right: number): void {
  const source = example.slice();
  example.fill(0);
  for (let y = Math.max(0, down); y < Math.min(height, height + down); y++)
    for (let x = Math.max(0, right); x < Math.min(width, width + right); x++)
      for (let c = 0; c < channels; c++)
        example[(y * width + x) * channels + c] = source[((y - down) * width + x - right) * channels + c]!;
}

function flip(example: Float32Array, [height, width, channels]: Image): void {
  const source = example.slice();
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++)
        example[(y * width + x) * channels + c] = source[(y * width + width - 1 - x) * channels + c]!;
}
