/** A float32 array that grows as values are added. */
export class GrowingArray {
  private values = new Float32Array(1024);
  private count = 0;

  push(value: number): void {
    if (this.count === this.values.length) {
      const larger = new Float32Array(2 * this.count);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.count++] = value;
  }

  whole(): Float32Array {
    return this.values.slice(0, this.count);
  }
}
