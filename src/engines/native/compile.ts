import type { Graph, GraphDefinition } from '../graph';
import type { NativeBackend } from './binding';
import { GraphWriter, type Protocol } from './graphDef';
import { writeFunction, type WrittenFunction } from './function';
import { Session } from './session';
import { traceBody } from './tracing';
import { scalarsOf, slotsOf } from './updates';
import { writeBeginning, writeVariable, type GraphVariable } from './variables';

/** Traces every function once and writes all of them, with the optimizer, into one graph. @throws NotTraceable */
export function compile(backend: NativeBackend, protocol: Protocol, definition: GraphDefinition): Graph {
  const { binding } = backend;
  const graph = new GraphWriter(protocol);
  const { optimizer } = definition;
  const variables = definition.variables.map(({ name, shape }, i) =>
    writeVariable(graph, binding, `v${i}`, name, shape),
  );
  const slots = definition.variables.map(({ name, shape, trainable }, i) =>
    (optimizer && trainable ? slotsOf(optimizer) : []).map((slot, k) =>
      writeVariable(graph, binding, `v${i}/s${k}`, `${name}/${slot}`, shape),
    ),
  );
  const begin = writeBeginning(graph, binding, [...variables, ...slots.flat()]);
  const functions = new Map(
    Object.entries(definition.functions).map(([name, body], i) => [
      name,
      writeFunction(
        graph,
        binding,
        `f${i}`,
        optimizer,
        traceBody(backend, definition, body),
        variables,
        slots,
      ),
    ]),
  );
  const session = new Session(binding, graph.finish());
  const feed = (variable: GraphVariable, values: Float32Array) => ({
    node: variable.first,
    shape: variable.shape,
    values,
  });
  session.runNumbers(
    [
      ...variables.map((variable, i) =>
        feed(variable, definition.variables[i]!.variable.dataSync<'float32'>()),
      ),
      ...slots
        .flat()
        .map((slot) =>
          feed(slot, definition.slots[slot.name] ?? new Float32Array(slot.shape.reduce((a, b) => a * b, 1))),
        ),
    ],
    [begin],
  );
  const written = (name: string): WrittenFunction => {
    const found = functions.get(name);
    if (!found) throw new Error(`The graph has no function "${name}".`);
    return found;
  };
  const read = (which: readonly GraphVariable[]) => {
    if (which.length === 0) return {};
    const values = session.runNumbers(
      [],
      which.map(({ value }) => value),
    );
    return Object.fromEntries(which.map(({ name }, i) => [name, values[i]!]));
  };
  return {
    placeholders: (name) => written(name).placeholders,
    call(name, inputs, update) {
      const { placeholders, node, outputs, moves } = written(name);
      const given = [...placeholders].map(([key, shape]) => {
        const values = inputs[key];
        if (!values) throw new Error(`The function "${name}" was called without "${key}".`);
        return { node: node(key), shape, values };
      });
      if (moves !== (update !== undefined))
        throw new Error(`The function "${name}" ${moves ? 'moves variables' : 'moves nothing'}.`);
      const scalars = optimizer && update ? scalarsOf(optimizer, update.learningRate, update.step) : {};
      const changing = Object.entries(scalars).map(([key, value]) => ({
        node: node(`scalar/${key}`),
        shape: [],
        values: Float32Array.of(value),
      }));
      const results = session.runNumbers([...given, ...changing], [...outputs.values()]);
      return Object.fromEntries([...outputs.keys()].map((key, i) => [key, results[i]!]));
    },
    weights: () => read(variables),
    slots: () => read(slots.flat()),
    dispose: () => session.dispose(),
  };
}
