import { canStack } from '../../config/stacking';
import { stackedLogits } from '../../models/stacked';
import { SharedClock } from '../clock';
import { chooseStepper, type MakeStepper } from '../steps/chooseStepper';
import type { Stepper, StepperOptions } from '../steps/stepper';
import { Barrier } from './barrier';
import { lossKey } from './losses';
import type { Member } from './member';
import { Program } from './program';
import { execute, type Request } from './requests';
import { Stack } from './stack';

/** A run's membership in a population. */
export interface Slot {
  makeStepper: MakeStepper;
  /** The run makes no more requests. May be called twice. */
  leave(): void;
}

/**
 * Runs of one process whose steps are computed together, while each trains as if it were alone: a call of its stepper
 * waits until all have called theirs. A run that ends, stops or fails leaves; the others continue.
 */
export class TrainingGroup {
  private readonly barrier: Barrier<Request>;
  private readonly members: Member[] = [];
  /** Set by the first batch of requests. */
  private stack: Stack | null = null;
  private program: Program | null = null;
  readonly clock = new SharedClock(() => this.remaining);

  /** @param remaining number of runs; each takes a slot and must leave it */
  constructor(private remaining: number) {
    this.barrier = new Barrier(remaining, (requests) => execute((this.program ??= this.build()), requests));
  }

  slot(): Slot {
    let taken = true;
    const leave = () => {
      if (!taken) return;
      taken = false;
      this.clock.update();
      this.barrier.leave();
      if (--this.remaining === 0) this.stack?.dispose();
    };
    const makeStepper: MakeStepper = (task, log) => {
      if (this.accepts(task)) return this.join(task, leave);
      log('This run trains alone: its network differs from those that train together here.');
      leave();
      return chooseStepper(task, log);
    };
    return { makeStepper, leave };
  }

  private accepts(task: StepperOptions): boolean {
    const { engine, layers, inputShape } = task;
    if (!engine.stackedUpdater || !layers || !canStack(layers, inputShape)) return false;
    const first = this.members[0]?.task;
    return first === undefined || shapeOf(first) === shapeOf(task);
  }

  private join(task: StepperOptions, leave: () => void): Stepper {
    const { network, engine, objective } = task;
    const classes = network.model.outputs[0]!.shape[1]!;
    const member: Member = { task, loss: lossKey(engine.tf, objective, classes), index: -1 };
    const { barrier } = this;
    this.members.push(member);
    return {
      step: (data, learningRate, step) =>
        new Promise((resolve, reject) =>
          barrier.add({ kind: 'step', input: { member, data, learningRate, step }, resolve, reject }),
        ),
      share: (data, step) =>
        new Promise((resolve, reject) =>
          barrier.add({ kind: 'share', input: { member, data, step }, resolve, reject }),
        ),
      logits: (inputs) =>
        new Promise((resolve, reject) =>
          barrier.add({ kind: 'logits', input: { member, inputs }, resolve, reject }),
        ),
      settle: () => {
        if (this.stack) network.write(this.stack.read(member.index), engine.tf.tensor);
      },
      optimizerState: () => Promise.resolve(this.stack?.optimizerState(member.index) ?? task.optimizerState),
      dispose: leave,
    };
  }

  /** Stacks the members, those with equal losses next to each other. */
  private build(): Program {
    const { members } = this;
    members.sort((a, b) => Number(a.loss.key > b.loss.key) - Number(a.loss.key < b.loss.key));
    members.forEach((member, index) => (member.index = index));
    const tasks = members.map(({ task }) => task);
    const { engine, layers, inputShape } = tasks[0]!;
    this.stack = new Stack(engine.tf, engine.stackedUpdater!, tasks);
    return new Program(engine.tf, this.stack, stackedLogits(layers!), inputShape);
  }
}

/** What all members of a stack have in common. */
function shapeOf({ layers, inputShape, optimizer }: StepperOptions): string {
  const hasVelocity = optimizer.type === 'sgd' && optimizer.momentum !== 0;
  return JSON.stringify([layers, inputShape, optimizer.type, hasVelocity]);
}
