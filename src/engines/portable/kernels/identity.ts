import { input } from './kernel';
import type { Kernel } from './kernel';

/** Shares the data, which the stock kernel copies: every tensor that a gradient needs later passes through here. */
export const identity: Kernel = {
  name: 'Identity',
  run(call) {
    const x = input(call, 'x');
    call.backend.incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  },
};
