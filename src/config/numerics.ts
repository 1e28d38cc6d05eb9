import { z } from 'zod';

export const ENGINES = ['native', 'portable', 'gpu', 'plain'] as const;
/** The engines that an experiment can ask for. */
export const WANTED_ENGINES = ['auto', ...ENGINES] as const;

/** Everything that can change the bits of a result. Part of every identity; never mixed within a pair. */
export const numericsSchema = z.object({
  engine: z.enum(ENGINES),
  version: z.string().describe('Version of TensorFlow.js, and of libtensorflow if that computes.'),
  variant: z.string().describe('Instruction set or kernels, e.g. "wasm-simd-kernels".'),
  threads: z.int().positive(),
  execution: z.enum(['eager', 'graph']),
});

/** Variants of native: plain, and with XLA, which compiles clusters of operations. */
export const NATIVE_VARIANTS = { plain: 'libtensorflow', xla: 'libtensorflow-xla' } as const;

/** Variants of portable whose C kernels give stacked networks the same bits as if they were trained alone. */
const STACKING_VARIANTS: readonly string[] = ['wasm-relaxed-simd-fma', 'wasm-simd-kernels'];

/** Whether several networks may be trained as one program without a change to any result. */
export const canStackOn = ({ engine, variant }: Numerics) =>
  engine === 'portable' && STACKING_VARIANTS.includes(variant);

export type Numerics = z.output<typeof numericsSchema>;
export type EngineId = Numerics['engine'];
export type WantedEngine = (typeof WANTED_ENGINES)[number];
