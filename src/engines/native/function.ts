import type { Optimizer } from '../../config/training';
import { NotTraceable } from '../graph';
import type { Binding } from './binding';
import type { GraphWriter } from './graphDef';
import type { Recording } from './trace';
import type { Traced } from './tracing';
import { writeUpdate } from './updates';
import type { GraphVariable } from './variables';

/** A function in the graph. */
export interface WrittenFunction {
  placeholders: Map<string, readonly number[]>;
  node: (placeholder: string) => string;
  outputs: Map<string, string>;
  moves: boolean;
}

/**
 * Writes the traced operations, the optimizer, and outputs that are available after all updates.
 *
 * @param prefix of all its nodes
 */
export function writeFunction(
  graph: GraphWriter,
  binding: Binding,
  prefix: string,
  optimizer: Optimizer | null,
  traced: Traced,
  variables: readonly GraphVariable[],
  slots: readonly GraphVariable[][],
): WrittenFunction {
  const type = ['Type', binding.TF_FLOAT] as const;
  const node = (name: string) => `${prefix}/${name}`;
  const placeholders = new Map(traced.placeholders.map(({ name, shape }) => [name, shape]));
  const write = (name: string, shape: readonly number[]) =>
    graph.node(node(name), 'Placeholder', [], { dtype: type, shape: ['Shape', graph.shape(shape)] });
  /** The graph output of a tensor id. */
  const where = new Map<number, string>([
    ...traced.placeholders.map(({ id, name, shape }) => [id, write(name, shape)] as const),
    ...traced.variables.map((id, i) => [id, variables[i]!.value] as const),
  ]);
  writeRecording(graph, binding, prefix, traced.recording, where);

  const scalars = new Map<string, string>();
  const scalar = (name: string, value?: number): string => {
    const known = scalars.get(name);
    if (known !== undefined) return known;
    const written =
      value === undefined
        ? write(`scalar/${name}`, [])
        : graph.constant(node(`scalar/${name}`), {
            dtype: binding.TF_FLOAT,
            shape: [],
            values: Float32Array.of(value),
          });
    scalars.set(name, written);
    return written;
  };
  const reads = variables.map(({ value }) => value);
  const updates = variables.flatMap(({ name, handle, value }, i) => {
    const assigned = traced.assigned.get(name);
    if (assigned !== undefined)
      return [
        graph.node(
          node(`assign${i}`),
          'AssignVariableOp',
          [handle, find(where, assigned), ...reads.map((read) => `^${read}`)],
          { dtype: type },
        ),
      ];
    const gradient = traced.gradients.get(name);
    if (gradient === undefined) return [];
    if (optimizer === null) throw new Error(`A gradient of "${name}", and no optimizer.`);
    const moved = {
      handle,
      value,
      slots: slots[i]!.map((slot) => slot.handle),
      gradient: find(where, gradient),
    };
    return [writeUpdate(graph, binding, node(`update${i}`), optimizer, moved, scalar, reads)];
  });
  const outputs = new Map(
    [...traced.outputs].map(([name, id]) => [
      name,
      graph.node(node(`out/${name}`), 'Identity', [find(where, id), ...updates.map((u) => `^${u}`)], {
        T: type,
      }),
    ]),
  );
  return { placeholders, node, outputs, moves: traced.gradients.size > 0 };
}

function writeRecording(
  graph: GraphWriter,
  binding: Binding,
  prefix: string,
  { operations, constants }: Recording,
  where: Map<number, string>,
): void {
  let count = 0;
  for (const [id, constant] of constants) where.set(id, graph.constant(`${prefix}/c${count++}`, constant));
  operations.forEach(({ name, attributes, inputs, outputs }, i) => {
    const node = `${prefix}/n${i}`;
    graph.node(
      node,
      name,
      inputs.map((id) => find(where, id)),
      Object.fromEntries(
        attributes
          .filter(({ value }) => value !== undefined && value !== null)
          .map((attribute) => [attribute.name, graph.translate(binding, attribute)]),
      ),
    );
    outputs.forEach((id, k) => where.set(id, k === 0 ? node : `${node}:${k}`));
  });
}

function find(where: ReadonlyMap<number, string>, id: number): string {
  const found = where.get(id);
  if (found === undefined) throw new NotTraceable('A result was not computed by the engine.');
  return found;
}
