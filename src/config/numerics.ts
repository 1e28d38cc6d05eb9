import { z } from 'zod';

export const ENGINES = ['native', 'portable', 'gpu', 'plain'] as const;
/** What an experiment may ask for. */
export const WANTED_ENGINES = ['auto', ...ENGINES] as const;

/** All that can change a bit of a result. Part of every identity; never mixed within a pair. */
export const numericsSchema = z.object({
  engine: z.enum(ENGINES),
  version: z.string().describe('Of TensorFlow.js, and of libtensorflow where it computes.'),
  variant: z.string().describe('Instruction set or kernels, e.g. "wasm-simd-kernels".'),
  threads: z.int().positive(),
  execution: z.enum(['eager', 'graph']),
});

/** Of native: as it comes, and with XLA, which compiles clusters of operations. */
export const NATIVE_VARIANTS = { plain: 'libtensorflow', xla: 'libtensorflow-xla' } as const;

/** Of portable, those with kernels in C, by which networks on a leading axis come out with the bits that they have alone. */
const STACKING_VARIANTS: readonly string[] = ['wasm-relaxed-simd-fma', 'wasm-simd-kernels'];

/** Whether several networks may be trained as one program without a change to any result. */
export const canStackOn = ({ engine, variant }: Numerics) =>
  engine === 'portable' && STACKING_VARIANTS.includes(variant);

export type Numerics = z.output<typeof numericsSchema>;
export type EngineId = Numerics['engine'];
export type WantedEngine = (typeof WANTED_ENGINES)[number];
