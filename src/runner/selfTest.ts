import { z } from 'zod';
import type { EngineId } from '../config/numerics';
import { numericsSchema } from '../config/numerics';
import type { SelfTest, SelfTestResult } from '../engines/select';
import type { ProcessExit } from './processExit';
import { startTrainer, type TrainerCommand } from './process';

const TITLES: Record<EngineId, string> = {
  native: 'Native TensorFlow',
  portable: 'The portable engine',
  gpu: 'The GPU engine',
  plain: 'The plain engine',
};
/** A self-test takes a second or two; a library may be read from a slow disk the first time. */
const TIME_LIMIT = 60_000;

const answerSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    reason: z.string(),
    numerics: numericsSchema,
    gflops: z.number().optional(),
  }),
  z.object({ ok: z.literal(false), reason: z.string() }),
]);

export interface SelfTestOptions {
  /** Milliseconds. */
  timeLimit?: number;
  /** Ends the process of the self-test. */
  signal?: AbortSignal;
  /** Find out how fast it is too, which takes two seconds. */
  measure?: boolean;
}

/** Tests engines, each in a process of its own, so that an engine that crashes its process does no harm. */
export function createSelfTest(
  command: TrainerCommand,
  log: (line: string) => void,
  { timeLimit = TIME_LIMIT, signal, measure = false }: SelfTestOptions = {},
): SelfTest {
  return async (engine) => {
    let answer = '';
    const trainer = startTrainer(
      command,
      ['self-test', engine, ...(measure ? ['--measure'] : [])],
      (line, from) => {
        if (from === 'stdout' && line.startsWith('{')) answer = line;
        else log(line);
      },
    );
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      void trainer.kill();
    }, timeLimit);
    const end = () => void trainer.kill();
    signal?.addEventListener('abort', end);
    const ending = await trainer.ended;
    signal?.removeEventListener('abort', end);
    clearTimeout(limit);
    if (late)
      return {
        engine,
        ok: false,
        reason: `${TITLES[engine]} did not finish its self-test in ${timeLimit / 1000} s.`,
      };
    return parse(engine, answer) ?? { engine, ok: false, reason: reasonOf(engine, ending) };
  };
}

function parse(engine: EngineId, answer: string): SelfTestResult | null {
  try {
    return { engine, ...answerSchema.parse(JSON.parse(answer)) };
  } catch {
    return null;
  }
}

function reasonOf(engine: EngineId, { code, signal, stderr }: ProcessExit): string {
  const title = TITLES[engine];
  if (signal === 'SIGILL')
    return `${title} crashed in its self-test (SIGILL): it was built for instructions that this processor does not have.`;
  if (signal === 'SIGKILL')
    return `Another process ended the self-test of ${engine} (SIGKILL), perhaps because memory ran out.`;
  if (signal !== null) return `${title} crashed in its self-test (${signal}).`;
  const last = stderr.findLast((line) => line.trim() !== '');
  return `${title} failed its self-test (code ${code}${last === undefined ? '' : `: ${last.trim()}`}).`;
}
