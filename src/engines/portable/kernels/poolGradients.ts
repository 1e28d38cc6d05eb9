import { averagePoolGradient, maxPoolGradient, poolInfo } from '../../pooling';
import { input, view } from './kernel';
import type { Kernel } from './kernel';

/** The stock kernel starts its search for the maximum at 0 and loses the gradient of windows that are all negative. */
export const maxPoolGrad: Kernel = {
  name: 'MaxPoolGrad',
  run(call) {
    const { backend, attrs } = call;
    const x = input(call, 'input');
    const out = backend.makeOutput(x.shape, 'float32');
    const dx = view(backend, out).fill(0);
    maxPoolGradient(poolInfo(x, attrs), view(backend, x), view(backend, input(call, 'dy')), dx);
    return out;
  },
};

/** At padded borders the stock kernel divides by the whole window, although the mean is over a part of it. */
export const avgPoolGrad: Kernel = {
  name: 'AvgPoolGrad',
  run(call) {
    const { backend, attrs } = call;
    const x = input(call, 'input');
    const out = backend.makeOutput(x.shape, 'float32');
    averagePoolGradient(poolInfo(x, attrs), view(backend, input(call, 'dy')), view(backend, out).fill(0));
    return out;
  },
};
