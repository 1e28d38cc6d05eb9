type ImageShape = readonly [height: number, width: number, channels: number];

/**
 * Resizes images, bilinear with half-pixel centres, as tf.image.resizeBilinear(images, size, false, true) does. If `to` has
 * more channels than `from`, the single channel is repeated.
 *
 * @param images row-major, [n, …from]
 * @returns row-major, [n, …to]
 */
export function resize(images: Float32Array, from: ImageShape, to: ImageShape): Float32Array {
  const [height, width, channels] = from;
  const [, , outputs] = to;
  const size = height * width * channels;
  const count = images.length / size;
  const out = new Float32Array(count * to[0] * to[1] * outputs);
  const rows = neighbours(height, to[0]);
  const columns = neighbours(width, to[1]);
  let at = 0;
  for (let image = 0; image < images.length; image += size)
    for (const y of rows) {
      const [upper, lower] = [image + y.low * width * channels, image + y.high * width * channels];
      for (const x of columns) {
        const [left, right] = [x.low * channels, x.high * channels];
        for (let o = 0; o < outputs; o++) {
          const c = channels === 1 ? 0 : o;
          const top = interpolate(images[upper + left + c]!, images[upper + right + c]!, x.share);
          const bottom = interpolate(images[lower + left + c]!, images[lower + right + c]!, x.share);
          out[at++] = interpolate(top, bottom, y.share);
        }
      }
    }
  return out;
}

const interpolate = (a: number, b: number, share: number) => a + (b - a) * share;

/** For each new pixel, the two old ones on either side of its centre, and the distance from the first as a fraction. */
function neighbours(before: number, after: number): { low: number; high: number; share: number }[] {
  return Array.from({ length: after }, (_, i) => {
    const centre = Math.min(before - 1, Math.max(0, ((i + 0.5) * before) / after - 0.5));
    const low = Math.floor(centre);
    return { low, high: Math.min(before - 1, low + 1), share: centre - low };
  });
}
