import { dispose, engine, keep, tensor } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { GraphBody, GraphDefinition } from '../graph';
import type { NativeBackend } from './binding';
import { record, type Recording } from './trace';

/** What a traced run of a function's body recorded; tensors by libtensorflow's ids, which are never reused. */
export interface Traced {
  placeholders: { id: number; name: string; shape: readonly number[] }[];
  /** In order of definition. */
  variables: number[];
  recording: Recording;
  outputs: Map<string, number>;
  gradients: Map<string, number>;
  /** Variables that the body assigned, with the assigned tensors. */
  assigned: Map<string, number>;
}

/** Runs a body once on placeholders. The variables keep their values. @throws NotTraceable */
export function traceBody(
  backend: NativeBackend,
  { variables }: Pick<GraphDefinition, 'variables'>,
  body: GraphBody,
): Traced {
  const idOf = (x: Tensor) => backend.getInputTensorIds([x])[0]!;
  const before = variables.map(({ variable }) => variable.clone());
  const ids = before.map(idOf);
  const known = new Set(ids);
  const placeholders: Traced['placeholders'] = [];
  // A body may create one inside a tidy and use it afterwards.
  const stands: Tensor[] = [];
  engine().startScope('trace');
  try {
    const { result, recording } = record(backend, known, () =>
      body((name, shape) => {
        // Not zeros: a body may divide by its input.
        const stand = keep(tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5), [...shape]));
        stands.push(stand);
        const id = idOf(stand);
        known.add(id);
        placeholders.push({ id, name, shape });
        return stand;
      }),
    );
    const idsOf = (tensors: Readonly<Record<string, Tensor>> = {}) =>
      new Map(Object.entries(tensors).map(([name, x]) => [name, idOf(x)]));
    const outputs = idsOf(result.outputs);
    const gradients = idsOf(result.gradients);
    const assigned = new Map(
      variables.flatMap(({ name, variable }, i) => {
        const id = idOf(variable);
        return id === ids[i] ? [] : [[name, id] as const];
      }),
    );
    for (const x of Object.values(result.outputs)) x.dispose();
    return { placeholders, variables: ids, recording, outputs, gradients, assigned };
  } finally {
    variables.forEach(({ variable }, i) => {
      variable.assign(before[i]!);
      before[i]!.dispose();
    });
    engine().endScope();
    dispose(stands);
  }
}
