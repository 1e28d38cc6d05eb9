import type { Cases } from './case';
import { activations } from './cases/activations';
import { combinations } from './cases/combinations';
import { convolutions } from './cases/convolutions';
import { normalization } from './cases/normalization';
import { pooling } from './cases/pooling';
import { products } from './cases/products';

/** Every operation that a layer or a loss may use, including shapes that engines are known to compute wrongly. */
export const cases: Cases = {
  ...products,
  ...convolutions,
  ...pooling,
  ...normalization,
  ...activations,
  ...combinations,
};
