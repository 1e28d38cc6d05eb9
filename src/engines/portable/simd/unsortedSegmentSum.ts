import { util } from '@tensorflow/tfjs-core';
import { input } from '../kernels/kernel';
import type { Kernel } from '../kernels/kernel';
import type { Module } from '../module';

/** The gradient of a gather. */
export const unsortedSegmentSum = (module: Module): Kernel => ({
  name: 'UnsortedSegmentSum',
  run: (call) => {
    const [x, ids] = [input(call, 'x'), input(call, 'segmentIds')];
    const segments = call.attrs['numSegments'] as number;
    const shape = x.shape.slice(ids.shape.length);
    const out = module.backend.makeOutput([segments, ...shape], 'float32');
    const rows = util.sizeFromShape(ids.shape);
    module.run.segmentSum(
      rows,
      util.sizeFromShape(shape),
      segments,
      module.at(x),
      module.at(ids),
      module.at(out),
    );
    return out;
  },
});
