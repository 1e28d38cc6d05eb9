/** What was read of finished runs, by key: finished runs do not change, so nothing is read twice. */
export class PromiseCache<Value> {
  private readonly values = new Map<string, Promise<Value>>();

  get(key: string, read: () => Promise<Value>): Promise<Value> {
    const known = this.values.get(key);
    if (known !== undefined) return known;
    const value = read();
    this.values.set(key, value);
    // A failed read is tried again next time.
    value.catch(() => this.values.delete(key));
    return value;
  }
}
