import type { Binding } from './binding';
import type { GraphWriter } from './graphDef';

/** A variable of a graph: names of its nodes. */
export interface GraphVariable {
  name: string;
  shape: readonly number[];
  handle: string;
  /** Holds the variable's value at the start of the call. */
  value: string;
  /** Placeholder of its initial value. */
  first: string;
}

export function writeVariable(
  graph: GraphWriter,
  { TF_FLOAT }: Pick<Binding, 'TF_FLOAT'>,
  node: string,
  name: string,
  shape: readonly number[],
): GraphVariable {
  const type = ['Type', TF_FLOAT] as const;
  const handle = graph.node(node, 'VarHandleOp', [], {
    dtype: type,
    shape: ['Shape', graph.shape(shape)],
    shared_name: ['S', Buffer.from(node)],
  });
  const first = graph.node(`${node}/first`, 'Placeholder', [], {
    dtype: type,
    shape: ['Shape', graph.shape(shape)],
  });
  graph.node(`${node}/begin`, 'AssignVariableOp', [handle, first], { dtype: type });
  const value = graph.node(`${node}/value`, 'ReadVariableOp', [handle], { dtype: type });
  return { name, shape, handle, value, first };
}

/** The node to fetch to initialise every variable with the fed values. */
export function writeBeginning(
  graph: GraphWriter,
  { TF_FLOAT }: Pick<Binding, 'TF_FLOAT'>,
  variables: readonly GraphVariable[],
): string {
  const one = graph.constant('one', { dtype: TF_FLOAT, shape: [], values: Float32Array.of(1) });
  const all = variables.map(({ handle }) => `^${handle}/begin`);
  return graph.node('begin', 'Identity', [one, ...all], { T: ['Type', TF_FLOAT] });
}
