import type { Checkpoint, NamedArray } from '../runs/checkpoint';
import type { Network } from '../models/network';
import type { Selection } from './selection';
import type { Position } from './train';
import type { Usage } from './usage';

const WEIGHTS = 'weights/';
const OPTIMIZER = 'optimizer/';

/** @param usage of training so far, over all attempts */
export function toCheckpoint(
  position: Position,
  selected: boolean,
  network: Pick<Network, 'weights'>,
  usage: Usage,
): Checkpoint {
  const weights = network.weights.map(({ name, shape }): NamedArray => {
    return { name: WEIGHTS + name, shape, data: position.weights[name]! };
  });
  const optimizer = Object.entries(position.optimizer).map(([name, data]): NamedArray => {
    return { name: OPTIMIZER + name, shape: [data.length], data };
  });
  const { step, selection, firstTensors } = position;
  return { step, selected, state: { selection, firstTensors, ...usage }, arrays: [...weights, ...optimizer] };
}

export function fromCheckpoint({ step, state, arrays }: Checkpoint): { position: Position; usage: Usage } {
  const under = (prefix: string) =>
    Object.fromEntries(
      arrays.filter((a) => a.name.startsWith(prefix)).map((a) => [a.name.slice(prefix.length), a.data]),
    );
  return {
    position: {
      step,
      weights: under(WEIGHTS),
      optimizer: under(OPTIMIZER),
      selection: state['selection'] as Selection | null,
      firstTensors: state['firstTensors'] as number | null,
    },
    usage: {
      seconds: state['seconds'] as number,
      // Checkpoints of 0.1 tell of the seconds alone.
      cpuSeconds: (state['cpuSeconds'] as number | undefined) ?? null,
      peakBytes: (state['peakBytes'] as number | undefined) ?? null,
    },
  };
}
