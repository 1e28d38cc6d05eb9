import { availableParallelism } from 'node:os';
import { UserError } from '../../config/errors';
import { NATIVE_VARIANTS, type Numerics } from '../../config/numerics';
import { plural, roughly } from '../../results/format';
import type { Load } from './loads';
import { RememberedTimes, type StepTimes } from './remembered';
import { expectedSeconds, otherThreads, usual, type Machine, type Setting } from './settings';

/** For less training, timing takes longer than it saves. */
const WORTH_TIMING = 60;
/** A smaller gain may be noise of a busy machine. */
const GAIN = 0.95;

export interface Timing {
  loads: readonly Load[];
  /** Trainings at once. */
  trainers: number;
  /** Times loads in a process of its own. */
  time: (loads: readonly Load[], numerics: Numerics) => Promise<ReadonlyMap<string, StepTimes>>;
  log: (sentence: string) => void;
  remembered?: RememberedTimes;
  cores?: number;
  /** Seconds of training from which on it is worth it. */
  worthTiming?: number;
}

/**
 * Threads of native TensorFlow, and whether XLA compiles: as it usually is, or where much is to be trained by what is
 * fastest on this machine for these shapes. A step's bits depend on both, so they are settled before the first training.
 *
 * @param numerics of the engine as it starts by itself
 * @returns the numerics to train with, and a sentence
 */
export async function fastestNative(
  numerics: Numerics,
  timing: Timing,
): Promise<{ numerics: Numerics; why: string }> {
  const { loads, log, worthTiming = WORTH_TIMING } = timing;
  const machine: Machine = { cores: timing.cores ?? availableParallelism(), trainers: timing.trainers };
  const known = timing.remembered ?? new RememberedTimes();
  const seconds = async (setting: Setting) =>
    expectedSeconds(
      loads,
      await timesOf({ ...timing, remembered: known }, withSetting(numerics, setting)),
      setting,
      machine,
    );
  let best = { setting: usual(machine), seconds: await seconds(usual(machine)) };
  const result = (why: string) => ({ numerics: withSetting(numerics, best.setting), why });
  const inUse = () => `${inWords(best.setting)}.`;
  if (best.seconds < worthTiming || !Number.isFinite(best.seconds)) return result(inUse());

  log(`About ${roughly(best.seconds)} of training: timing what is fastest on this machine.`);
  const tried = [best];
  const consider = async (setting: Setting) => {
    const one = { setting, seconds: await seconds(setting) };
    tried.push(one);
    if (one.seconds < GAIN * best.seconds) best = one;
  };
  for (const setting of otherThreads(machine)) await consider(setting);
  await consider({ ...best.setting, xla: true });
  const others = tried.filter((one) => one !== best && Number.isFinite(one.seconds));
  const slower = others.map((one) => `${inWords(one.setting)} ${roughly(one.seconds)}`).join(', ');
  return result(`${inUse()} That is about ${roughly(best.seconds)} of training here; ${slower}.`);
}

async function timesOf(
  { loads, time, log, remembered }: Timing & { remembered: RememberedTimes },
  numerics: Numerics,
): Promise<ReadonlyMap<string, StepTimes>> {
  const unknown = loads.filter(({ key }) => !remembered.get(numerics, key));
  if (unknown.length > 0)
    for (const [key, times] of await time(unknown, numerics))
      try {
        remembered.add(numerics, key, times);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        log(error.message);
      }
  return new Map(
    loads.flatMap(({ key }) => {
      const times = remembered.get(numerics, key);
      return times ? [[key, times] as const] : [];
    }),
  );
}

const withSetting = (numerics: Numerics, { threads, xla }: Setting): Numerics => ({
  ...numerics,
  threads,
  variant: xla ? NATIVE_VARIANTS.xla : NATIVE_VARIANTS.plain,
});

const inWords = ({ threads, xla }: Setting) =>
  `${plural(threads, 'thread')} a training${xla ? ', with XLA' : ''}`;
