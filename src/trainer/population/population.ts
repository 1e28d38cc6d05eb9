import { canStack } from '../../config/stacking';
import { stackedLogits } from '../../models/stacked';
import { SharedClock } from '../clock';
import { chooseStepper, type MakeStepper } from '../steps/chooseStepper';
import type { Stepper, StepperTask } from '../steps/stepper';
import type { Member } from './asked';
import { lossKey } from './losses';
import { Program } from './program';
import { answer, type Question } from './questions';
import { Rounds } from './rounds';
import { Stack } from './stack';

/** A run's place in a population. */
export interface Seat {
  makeStepper: MakeStepper;
  /** The run asks no more; may be said again. */
  leave(): void;
}

/**
 * Runs of one process whose steps are computed together, while each trains as if it were alone: what its stepper is asked
 * waits until all have asked. Whoever ends, stops or fails leaves; the others go on.
 */
export class Population {
  private readonly rounds: Rounds<Question>;
  private readonly members: Member[] = [];
  /** From the first round on. */
  private stack: Stack | null = null;
  private program: Program | null = null;
  readonly clock = new SharedClock(() => this.seats);

  /** @param seats how many runs there are; each takes one, and leaves it in any case */
  constructor(private seats: number) {
    this.rounds = new Rounds(seats, (questions) => answer((this.program ??= this.begin()), questions));
  }

  seat(): Seat {
    let taken = true;
    const leave = () => {
      if (!taken) return;
      taken = false;
      this.clock.look();
      this.rounds.leave();
      if (--this.seats === 0) this.stack?.dispose();
    };
    const makeStepper: MakeStepper = (task, say) => {
      if (this.takes(task)) return this.join(task, leave);
      say('It trains by itself: its network is none of those that train together here.');
      leave();
      return chooseStepper(task, say);
    };
    return { makeStepper, leave };
  }

  private takes(task: StepperTask): boolean {
    const { engine, layers, inputShape } = task;
    if (!engine.stackedUpdater || !layers || !canStack(layers, inputShape)) return false;
    const first = this.members[0]?.task;
    return first === undefined || shapeOf(first) === shapeOf(task);
  }

  private join(task: StepperTask, leave: () => void): Stepper {
    const { network, engine, objective } = task;
    const classes = network.model.outputs[0]!.shape[1]!;
    const member: Member = { task, loss: lossKey(engine.tf, objective, classes), place: -1 };
    const { rounds } = this;
    this.members.push(member);
    return {
      step: (data, learningRate, step) =>
        new Promise((take, fail) =>
          rounds.ask({ kind: 'step', asked: { member, data, learningRate, step }, take, fail }),
        ),
      share: (data, step) =>
        new Promise((take, fail) => rounds.ask({ kind: 'share', asked: { member, data, step }, take, fail })),
      logits: (inputs) =>
        new Promise((take, fail) => rounds.ask({ kind: 'logits', asked: { member, inputs }, take, fail })),
      settle: () => {
        if (this.stack) network.write(this.stack.read(member.place), engine.tf.tensor);
      },
      optimizerState: () => Promise.resolve(this.stack?.optimizerState(member.place) ?? task.optimizerState),
      dispose: leave,
    };
  }

  /** Stacks those who are there, equal losses beside each other. */
  private begin(): Program {
    const { members } = this;
    members.sort((a, b) => Number(a.loss.key > b.loss.key) - Number(a.loss.key < b.loss.key));
    members.forEach((member, place) => (member.place = place));
    const tasks = members.map(({ task }) => task);
    const { engine, layers, inputShape } = tasks[0]!;
    this.stack = new Stack(engine.tf, engine.stackedUpdater!, tasks);
    return new Program(engine.tf, this.stack, stackedLogits(layers!), inputShape);
  }
}

/** What members of a stack have in common. */
function shapeOf({ layers, inputShape, optimizer }: StepperTask): string {
  const remembers = optimizer.type === 'sgd' && optimizer.momentum !== 0;
  return JSON.stringify([layers, inputShape, optimizer.type, remembers]);
}
