type Picture = readonly [height: number, width: number, channels: number];

/**
 * Pictures at another size, bilinear with half-pixel centres: the numbers of tf.image.resizeBilinear(pictures, size, false,
 * true). Where there are more channels than before, each is a copy of the only one.
 *
 * @param pictures row-major, [n, …from]
 * @returns row-major, [n, …to]
 */
export function resize(pictures: Float32Array, from: Picture, to: Picture): Float32Array {
  const [height, width, channels] = from;
  const [, , outputs] = to;
  const size = height * width * channels;
  const count = pictures.length / size;
  const out = new Float32Array(count * to[0] * to[1] * outputs);
  const rows = along(height, to[0]);
  const columns = along(width, to[1]);
  let at = 0;
  for (let picture = 0; picture < pictures.length; picture += size)
    for (const y of rows) {
      const [upper, lower] = [picture + y.low * width * channels, picture + y.high * width * channels];
      for (const x of columns) {
        const [left, right] = [x.low * channels, x.high * channels];
        for (let o = 0; o < outputs; o++) {
          const c = channels === 1 ? 0 : o;
          const top = mix(pictures[upper + left + c]!, pictures[upper + right + c]!, x.share);
          const bottom = mix(pictures[lower + left + c]!, pictures[lower + right + c]!, x.share);
          out[at++] = mix(top, bottom, y.share);
        }
      }
    }
  return out;
}

const mix = (a: number, b: number, share: number) => a + (b - a) * share;

/** Between which two pixels the centre of each new one lies, and how far from the first. */
function along(before: number, after: number): { low: number; high: number; share: number }[] {
  return Array.from({ length: after }, (_, i) => {
    const centre = Math.min(before - 1, Math.max(0, ((i + 0.5) * before) / after - 0.5));
    const low = Math.floor(centre);
    return { low, high: Math.min(before - 1, low + 1), share: centre - low };
  });
}
