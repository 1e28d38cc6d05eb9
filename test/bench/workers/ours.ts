import { layerSchema } from '../../../src/config/layers';
import { optimizerSchema } from '../../../src/config/training';
import type { LoadedEngine } from '../../../src/engines/engine';
import { findMethod } from '../../../src/methods/catalogue';
import { buildNetwork } from '../../../src/models/build';
import type { Network } from '../../../src/models/network';
import { chooseInference } from '../../../src/trainer/inference';
import { chooseStepper } from '../../../src/trainer/steps/chooseStepper';
import type { StepData } from '../../../src/trainer/steps/data';
import type { Objective } from '../../../src/trainer/steps/objective';
import { ALPHA, LEARNING_RATE, TEMPERATURE, type LayerNetwork, type Workload } from '../workloads';
import { oneHot, type MakeTrial } from './trial';

export const adam = optimizerSchema.parse({ type: 'adam', learningRate: LEARNING_RATE });

/** The trainer's own path: `buildNetwork`, `chooseStepper`, plain numbers in, the loss as a number out. */
export const ourTrial =
  (engine: LoadedEngine): MakeTrial =>
  (workload, { inputs, labels, teacherLogits }) => {
    const { inputShape, classes, batchSize, network: definition } = workload;
    if (definition.kind !== 'layers') throw new Error('This network is not made of layers.');
    const network = build(definition, workload, 0);
    const objective = objectiveOf(workload);
    const remarks: string[] = [];
    const say = (sentence: string) => remarks.push(sentence);
    const teacher =
      workload.teacherNetwork &&
      chooseInference(engine, build(workload.teacherNetwork, workload, 1), inputShape, [batchSize], say);
    const stepper = chooseStepper(
      {
        engine,
        network,
        objective,
        optimizer: adam,
        optimizerState: {},
        inputShape,
        batchSizes: [batchSize],
        inferenceSizes: [],
      },
      say,
    );
    const data: StepData = {
      positions: Int32Array.from(labels.keys()),
      inputs,
      labels: oneHot(labels, classes),
      labelled: null,
      teacherLogits: workload.teacher === 'none' ? null : teacherLogits,
    };
    let step = 0;
    return Promise.resolve({
      parameters: network.trainable.reduce((sum, { variable }) => sum + variable.size, 0),
      remarks,
      async step() {
        const given = teacher ? await teacher.logits(inputs) : data.teacherLogits;
        const raw = await stepper.step({ ...data, teacherLogits: given }, LEARNING_RATE, step++);
        return Object.entries(raw).reduce(
          (sum, [term, value]) => sum + (objective.weights[term] ?? 0) * value,
          0,
        );
      },
    });
  };

function build({ layers }: LayerNetwork, { inputShape, classes }: Workload, seed: number): Network {
  const parsed = layers.map((layer) => layerSchema.parse(layer));
  return buildNetwork(parsed, inputShape, classes, seed);
}

export function objectiveOf({ teacher }: Pick<Workload, 'teacher'>): Objective {
  const distilled = teacher !== 'none';
  const method = findMethod(distilled ? 'hinton' : 'hardLabels')!;
  const parameters = method.parameters.parse(distilled ? { temperature: TEMPERATURE, alpha: ALPHA } : {});
  return { method, parameters, weights: method.weighting(parameters).weights, totalSteps: 1_000_000 };
}
