import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { NotTraceable, type Compile, type GraphBody, type Placeholder } from '../../engines/graph';
import { inferenceFunctions, inferIn } from '../inference';
import type { StepData } from './data';
import { differentiate } from './differentiate';
import type { BatchTensors, Moment } from './objective';
import { shareScalars, toShare } from './share';
import type { Stepper, StepperOptions } from './stepper';

const MASK = 'mask/';

/** Steps as one graph, traced once per batch size, with the weights in the graph. @throws NotTraceable */
export function graphStepper(task: StepperOptions, compile: Compile): Stepper {
  const { engine, network, objective, inputShape } = task;
  const { tf } = engine;
  const classes = network.model.outputs[0]!.shape[1]!;
  const asksTeacher = objective.method.teacher !== 'none';
  const rates = new Map<string, number>();

  const batchOf = (count: number, placeholder: Placeholder): BatchTensors => ({
    inputs: placeholder('inputs', [count, ...inputShape]),
    labels: placeholder('labels', [count, classes]) as Tensor2D,
    labelled: placeholder('labelled', [count]) as Tensor1D,
    teacherLogits: asksTeacher ? (placeholder('teacherLogits', [count, classes]) as Tensor2D) : null,
  });
  /** Dropout masks are inputs, drawn as for eager steps. */
  const logitsOf = (batch: BatchTensors, placeholder: Placeholder) => {
    const masks = new Map<string, Tensor>();
    return () =>
      network.trainWith(batch.inputs, (layer, shape, rate) => {
        rates.set(layer, rate);
        const mask = masks.get(layer) ?? placeholder(MASK + layer, shape);
        masks.set(layer, mask);
        return mask;
      });
  };
  const train =
    (count: number): GraphBody =>
    (placeholder) => {
      const batch = batchOf(count, placeholder);
      const logits = logitsOf(batch, placeholder);
      const { terms, gradients } = differentiate(tf, network, objective, batch, logits, unknownMoment);
      return { outputs: terms, gradients };
    };
  const share =
    (count: number): GraphBody =>
    (placeholder) => {
      const batch = batchOf(count, placeholder);
      const logits = logitsOf(batch, placeholder);
      return { outputs: shareScalars(tf, network, objective, batch, logits, unknownMoment) };
    };

  const graph = compile({
    variables: network.weights,
    optimizer: task.optimizer,
    slots: task.optimizerState,
    functions: {
      ...Object.fromEntries(
        task.batchSizes.flatMap((count) => [
          [`train ${count}`, train(count)],
          [`share ${count}`, share(count)],
        ]),
      ),
      ...inferenceFunctions(network, inputShape, task.inferenceSizes),
    },
  });

  function inputsOf(name: string, data: StepData, step: number): Record<string, Float32Array> {
    const inputs: Record<string, Float32Array> = {
      inputs: data.inputs,
      labels: data.labels,
      labelled: data.labelled ?? new Float32Array(data.positions.length).fill(1),
    };
    if (data.teacherLogits) inputs['teacherLogits'] = data.teacherLogits;
    for (const [key, shape] of graph.placeholders(name)) {
      if (!key.startsWith(MASK)) continue;
      const layer = key.slice(MASK.length);
      inputs[key] = network.mask(step, layer, shape, rates.get(layer)!);
    }
    return inputs;
  }
  return {
    step(data, learningRate, step) {
      const name = `train ${data.positions.length}`;
      return Promise.resolve(
        scalars(graph.call(name, inputsOf(name, data, step), { learningRate, step: step + 1 })),
      );
    },
    share(data, step) {
      const name = `share ${data.positions.length}`;
      const squares = scalars(graph.call(name, inputsOf(name, data, step)));
      return Promise.resolve(toShare(squares, objective.weights));
    },
    logits: (inputs) => Promise.resolve(inferIn(graph, inputs, inputShape)),
    settle() {
      network.write(graph.weights(), tf.tensor);
    },
    optimizerState: () => Promise.resolve(graph.slots()),
    dispose: () => graph.dispose(),
  };
}

const scalars = (outputs: Readonly<Record<string, Float32Array>>) =>
  Object.fromEntries(Object.entries(outputs).map(([name, values]) => [name, values[0]!]));

/** The step would be a constant of the graph. */
const unknownMoment: Moment = {
  get step(): number {
    throw new NotTraceable('Its loss changes with the step.');
  },
  get totalSteps(): number {
    throw new NotTraceable('Its loss changes with the step.');
  },
};
