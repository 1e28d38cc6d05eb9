import type { Probe } from '../../../src/messages';

export type Rgb = readonly [number, number, number];

export interface Pixels {
  width: number;
  height: number;
  /** Red, green, blue, opacity. */
  data: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * [height, width], [height, width, 1] or [height, width, 3] as a picture; null for any other input. One channel is drawn
 * as ink on the page, so that it is light on dark in a dark theme and dark on light in a light one.
 */
export function pixelsOf(
  { shape, input }: Pick<Probe, 'shape' | 'input'>,
  ink: Rgb = [255, 255, 255],
): Pixels | null {
  const [height, width, channels = 1] = shape;
  if (height === undefined || width === undefined || shape.length > 3) return null;
  if (Math.min(height, width) < 4 || ![1, 3].includes(channels)) return null;
  if (input.length !== height * width * channels) return null;
  const low = input.reduce((a, b) => Math.min(a, b));
  const span = input.reduce((a, b) => Math.max(a, b)) - low || 1;
  const byte = (at: number) => (255 * ((input[at] ?? 0) - low)) / span;
  const data = new Uint8ClampedArray(height * width * 4);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const rgb = channels === 3 ? [0, 1, 2].map((channel) => byte(pixel * 3 + channel)) : ink;
    data.set([...rgb, channels === 3 ? 255 : byte(pixel)], pixel * 4);
  }
  return { width, height, data };
}

/** Pixels as an image that SVG can hold, each of them `scale` pixels wide, so that no viewer blurs them. */
export function pictureUrl(pixels: Pixels, scale: number): string {
  const small = document.createElement('canvas');
  small.width = pixels.width;
  small.height = pixels.height;
  small.getContext('2d')?.putImageData(new ImageData(pixels.data, pixels.width, pixels.height), 0, 0);
  const large = document.createElement('canvas');
  large.width = pixels.width * scale;
  large.height = pixels.height * scale;
  const pen = large.getContext('2d');
  if (pen) {
    pen.imageSmoothingEnabled = false;
    pen.drawImage(small, 0, 0, large.width, large.height);
  }
  return large.toDataURL('image/png');
}
