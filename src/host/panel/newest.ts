/**
 * Works on one request at a time. The same request, repeated meanwhile, is done once more afterwards. Another request does not
 * wait: it replaces the current one, whose result is dropped.
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
