import type { TensorInfo } from '@tensorflow/tfjs-core';
import { NotTraceable } from '../graph';
import type { Binding, NativeBackend, OperationAttribute, TensorMetadata } from './binding';

/** An operation as it was run eagerly; ids are those of libtensorflow's tensors. */
export interface Operation {
  name: string;
  attributes: OperationAttribute[];
  inputs: number[];
  outputs: number[];
}

/** A tensor that was there before: its numbers are those of every call. */
export interface Constant {
  dtype: number;
  shape: number[];
  values: Float32Array | Int32Array | Uint8Array;
}

export interface Recording {
  operations: Operation[];
  constants: Map<number, Constant>;
}

/**
 * Runs `act` eagerly and writes down every operation that reaches libtensorflow. What it uses that none of them made, and
 * that is not `known` (a variable, a placeholder), is kept as a constant.
 */
export function record<T>(
  backend: NativeBackend,
  known: ReadonlySet<number>,
  act: () => T,
): { result: T; recording: Recording } {
  const { binding } = backend;
  const shapes = new Map<number, { dtype: number; shape: number[] }>();
  const made = new Set<number>();
  const recording: Recording = { operations: [], constants: new Map() };

  const idsOf = backend.getInputTensorIds.bind(backend);
  backend.getInputTensorIds = (tensors) => {
    const ids = idsOf(tensors);
    ids.forEach((id, i) => shapes.set(id, describe(binding, tensors[i]!)));
    return ids;
  };
  const keep = (id: number, name: string) => {
    if (made.has(id) || known.has(id) || recording.constants.has(id)) return;
    const shape = shapes.get(id);
    if (!shape) throw new NotTraceable(`The operation ${name} uses a tensor of an unknown shape.`);
    // A copy: what the binding gives may go with the tensor.
    recording.constants.set(id, { ...shape, values: binding.tensorDataSync(id).slice() });
  };
  backend.binding = intercept(binding, (name, attributes, inputs, count) => {
    for (const id of inputs) keep(id, name);
    const outputs = binding.executeOp(name, attributes, inputs, count);
    for (const { id } of outputs) made.add(id);
    recording.operations.push({
      name,
      attributes: complete(binding, name, attributes, outputs[0]),
      inputs: [...inputs],
      outputs: outputs.map(({ id }) => id),
    });
    return outputs;
  });
  try {
    return { result: act(), recording };
  } finally {
    backend.binding = binding;
    backend.getInputTensorIds = idsOf;
  }
}

/** The types that an eager operation finds out from its inputs, and a graph must be told. */
function complete(
  binding: Binding,
  name: string,
  attributes: OperationAttribute[],
  output: TensorMetadata | undefined,
): OperationAttribute[] {
  if (name !== 'ExpandDims' || output === undefined) return attributes;
  const type = (attribute: string, value: number) => ({
    name: attribute,
    type: binding.TF_ATTR_TYPE,
    value,
  });
  return [type('T', output.dtype), type('Tdim', binding.TF_INT32)];
}

function describe(binding: Binding, { dtype, shape }: TensorInfo): { dtype: number; shape: number[] } {
  const known: Record<string, number> = {
    float32: binding.TF_FLOAT,
    int32: binding.TF_INT32,
    bool: binding.TF_BOOL,
  };
  const number = known[dtype];
  if (number === undefined) throw new NotTraceable(`A tensor of the type ${dtype} cannot stand in a graph.`);
  return { dtype: number, shape };
}

/** The binding with another `executeOp`. Its functions want itself as `this`, and none of its properties may be replaced. */
function intercept(binding: Binding, executeOp: Binding['executeOp']): Binding {
  return new Proxy({} as Binding, {
    get(_, key) {
      if (key === 'executeOp') return executeOp;
      const value: unknown = Reflect.get(binding, key);
      return typeof value === 'function' ? (value.bind(binding) as unknown) : value;
    },
  });
}
