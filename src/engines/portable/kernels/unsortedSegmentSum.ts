import { input, view } from './kernel';
import type { Kernel } from './kernel';

/** Sums the rows of each segment, which is the gradient of a gather. The wasm backend has none. */
export const unsortedSegmentSum: Kernel = {
  name: 'UnsortedSegmentSum',
  run(call) {
    const { backend } = call;
    const x = input(call, 'x');
    const ids = input(call, 'segmentIds');
    const segments = call.attrs['numSegments'] as number;
    const out = backend.makeOutput([segments, ...x.shape.slice(ids.shape.length)], 'float32');
    const [xs, sums] = [view(backend, x), view(backend, out)];
    const rows = backend.typedArrayFromHeap(ids) as Int32Array;
    sums.fill(0);
    const width = rows.length === 0 ? 0 : xs.length / rows.length;
    for (let row = 0; row < rows.length; row++) {
      const segment = rows[row]!;
      if (segment < 0 || segment >= segments) continue;
      for (let i = 0; i < width; i++) sums[segment * width + i]! += xs[row * width + i]!;
    }
    return out;
  },
};
