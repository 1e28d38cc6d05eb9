import type { TensorInfo } from '@tensorflow/tfjs-core';
import { NotTraceable } from '../graph';
import type { Binding, NativeBackend, OperationAttribute, TensorMetadata } from './binding';

/** An operation as run eagerly; ids are libtensorflow's. */
export interface Operation {
  name: string;
  attributes: OperationAttribute[];
  inputs: number[];
  outputs: number[];
}

/** A tensor that existed before: constant over calls. */
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
 * Runs `act` eagerly and records every operation that reaches libtensorflow. Inputs that no recorded operation made and
 * that are not `known` (variables, placeholders) become constants.
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
    // A copy: the binding's buffer may be freed with the tensor.
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

/** Type attributes that an eager operation infers and a graph must state. */
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

/** The binding with another `executeOp`. Its functions need the original as `this`, and its properties are read-only. */
function intercept(binding: Binding, executeOp: Binding['executeOp']): Binding {
  return new Proxy({} as Binding, {
    get(_, key) {
      if (key === 'executeOp') return executeOp;
      const value: unknown = Reflect.get(binding, key);
      return typeof value === 'function' ? (value.bind(binding) as unknown) : value;
    },
  });
}
