import { UserError } from '../../config/errors';
import type { BroughtEngine } from '../../engines/storage';
import { gpuWays } from './gpuWays';
import { nativeWays } from './nativeWays';
import type { Machine, Way } from './stage';

/**
 * The ways to set up an engine on a machine, to be tried in this order.
 *
 * @param from one way alone, instead of all
 * @throws UserError where there is none, or that way does not exist here
 */
export function planSetup(engine: BroughtEngine, machine: Machine, from?: Way['id']): Way[] {
  const ways = engine === 'native' ? nativeWays(machine) : gpuWays(machine);
  const wanted = ways.filter((way) => from === undefined || way.id === from);
  if (wanted.length === 0)
    throw new UserError(
      engine === 'native'
        ? `There is no wheel of Python’s TensorFlow to take libtensorflow from on ${machine.platform} ${machine.arch}: only for Linux x64 and macOS arm64. Use "--from npm", or stay with the portable engine.`
        : 'The GPU engine comes from npm alone: leave out "--from".',
    );
  return wanted;
}

/** What a person is asked to agree to. */
export function costOf(ways: readonly Way[]): { downloadBytes: number; spaceBytes: number } {
  return {
    downloadBytes: Math.max(...ways.map((way) => way.downloadBytes)),
    spaceBytes: Math.max(...ways.map((way) => way.spaceBytes)),
  };
}
