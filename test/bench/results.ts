import type { CachedAgainstLive } from './measures/cachedTeacher';
import type { Epochs } from './measures/epochs';
import type { Growth } from './measures/growth';
import type { OurEngine } from './measures/main';
import type { PackageShare } from './measures/packageShare';
import type { PopulationRates } from './measures/population';
import type { StartUp } from './measures/startUp';
import type { SweepTime } from './measures/sweep';
import type { Machine } from './machine';
import type { Row } from './runner';

/** test-results/bench.json: all that was measured in one run, and from which docs/performance.md is written. */
export interface Results {
  /** ISO 8601. */
  date: string;
  /** What was typed; more than one where figures were added. */
  commands: string[];
  /** What failed, and why. */
  leftOut: string[];
  machine: Machine;
  repeats: number;
  blockMs: number;
  contenders: { id: string; title: string; threads: string }[];
  workloads: { id: string; title: string; batchSize: number; rows: Row[]; disagreements: string[] }[];
  startUp?: StartUp[];
  training?: ({ engine: OurEngine; title: string } & Epochs)[];
  population?: PopulationRates;
  sweep?: SweepTime;
  cache?: CachedAgainstLive[];
  simd?: Simd;
  package?: PackageShare;
  growth?: Growth[];
}

/** In 10⁹ operations a second. */
export interface Simd {
  /** Of the portable engine's product of two 512 × 512 matrices, on all its threads. */
  product: number;
  threads: number;
  /** Of one core, by a multiplication and an addition, and by both in one where this Node has it. */
  separate: number;
  fused: number | null;
}
