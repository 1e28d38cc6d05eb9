import { availableParallelism } from 'node:os';
import { NATIVE_VARIANTS, type Numerics } from '../../config/numerics';

const XLA_FLAGS = '--tf_xla_auto_jit=2 --tf_xla_cpu_global_jit';

/** What libtensorflow reads from the environment once, when it starts. */
export function configure({ threads, variant }: Pick<Numerics, 'threads' | 'variant'>): void {
  process.env['TF_NUM_INTRAOP_THREADS'] = String(threads);
  if (variant === NATIVE_VARIANTS.xla) process.env['TF_XLA_FLAGS'] = XLA_FLAGS;
  else delete process.env['TF_XLA_FLAGS'];
}

export const configuration = (): Pick<Numerics, 'threads' | 'variant'> => ({
  variant: process.env['TF_XLA_FLAGS'] === XLA_FLAGS ? NATIVE_VARIANTS.xla : NATIVE_VARIANTS.plain,
  threads: Number(process.env['TF_NUM_INTRAOP_THREADS'] ?? availableParallelism()),
});
