/** A question that waits for its answer. */
export interface Waiting {
  fail(error: unknown): void;
}

/** Collects questions until everyone who is there has asked one; then they are answered together. */
export class Rounds<Question extends Waiting> {
  private readonly waiting: Question[] = [];

  /**
   * @param askers how many there are; each asks one question at a time
   * @param answer answers the questions of a round; where it throws, all of them fail
   */
  constructor(
    private askers: number,
    private readonly answer: (questions: readonly Question[]) => void,
  ) {}

  ask(question: Question): void {
    this.waiting.push(question);
    this.goOn();
  }

  /** One of those who have asked nothing will ask no more: the others go on. */
  leave(): void {
    this.askers--;
    this.goOn();
  }

  private goOn(): void {
    if (this.waiting.length === 0 || this.waiting.length < this.askers) return;
    const round = this.waiting.splice(0);
    try {
      this.answer(round);
    } catch (error) {
      for (const question of round) question.fail(error);
    }
  }
}
