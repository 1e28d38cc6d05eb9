/**
 * Works on one question at a time. Asked the same again meanwhile, it works once more when it is done; another question
 * does not wait: it overtakes, and what was begun for the older one is to be dropped.
 */
export class Newest<Question> {
  private current: { question: Question; again: boolean } | null = null;

  constructor(private readonly work: (question: Question, isOvertaken: () => boolean) => Promise<void>) {}

  async ask(question: Question): Promise<void> {
    if (this.current?.question === question) {
      this.current.again = true;
      return;
    }
    const own = { question, again: true };
    this.current = own;
    const isOvertaken = () => this.current !== own;
    try {
      while (own.again && !isOvertaken()) {
        own.again = false;
        await this.work(question, isOvertaken);
      }
    } finally {
      if (!isOvertaken()) this.current = null;
    }
  }
}
