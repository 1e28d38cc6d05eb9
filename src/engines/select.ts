import { UserError } from '../config/errors';
import type { EngineId, Numerics, WantedEngine } from '../config/numerics';

/** What a throw-away process found out about an engine: whether a real training step ran in it. */
export type SelfTestResult =
  | { engine: EngineId; ok: true; reason: string; numerics: Numerics; gflops?: number | undefined }
  | { engine: EngineId; ok: false; reason: string };

/** Runs `trainer.js self-test <engine>` and gives its outcome; a process that dies is an outcome too, never a rejection. */
export type SelfTest = (engine: EngineId) => Promise<SelfTestResult>;

export interface ChosenEngine {
  numerics: Numerics;
  /** A sentence for the log and the panel. */
  why: string;
  tried: { engine: string; ok: boolean; reason: string }[];
}

/** What `auto` tries. A graphics processor is used only if asked for. */
const ORDER = ['native', 'portable', 'plain'] as const;

/** Begins with a space. Empty for the GPU engine, whose own error says whether set-up would help or a device is missing. */
export const adviceOn = (engine: EngineId) =>
  engine === 'native' ? ' Set it up with: distillery setup native.' : '';

/**
 * Chooses the engine: with `auto` the first of native, portable and plain that passes its self-test, else the requested one.
 *
 * @throws UserError if the requested engine, or every engine, fails its self-test.
 */
export async function chooseEngine(wanted: WantedEngine, selfTest: SelfTest): Promise<ChosenEngine> {
  const tried: SelfTestResult[] = [];
  for (const engine of wanted === 'auto' ? ORDER : [wanted]) {
    const outcome = await selfTest(engine);
    tried.push(outcome);
    if (outcome.ok)
      return {
        numerics: outcome.numerics,
        why: why(wanted, tried),
        tried: tried.map(({ engine: id, ok, reason }) => ({ engine: id, ok, reason })),
      };
  }
  const reasons = tried.map((t) => `${t.engine}: ${t.reason}`).join(' ');
  throw new UserError(
    wanted === 'auto'
      ? `No engine works here. ${reasons}`
      : `The experiment asks for the engine "${wanted}", which does not work here. ${reasons}${adviceOn(wanted)} Set "engine" to "auto" to use one that does.`,
  );
}

function why(wanted: WantedEngine, tried: readonly SelfTestResult[]): string {
  const chosen = tried.at(-1)?.engine;
  if (wanted !== 'auto') return `The experiment asks for ${chosen}.`;
  const failures = tried.filter((t) => !t.ok).map((t) => t.reason);
  return failures.length === 0
    ? 'Native TensorFlow passed its self-test.'
    : `${failures.join(' ').replace(/\.$/, '')}; using ${chosen}.`;
}
