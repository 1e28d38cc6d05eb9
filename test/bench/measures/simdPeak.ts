// How fast one core can multiply and add in WebAssembly's 128-bit vectors when nothing has to be fetched: the limit for
// every matrix product of the portable engine.

const ACCUMULATORS = 12;
const ROUNDS = 4_000_000;
const V128 = 0x7b;
const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const SPLAT = [0xfd, 0x13];
const MULTIPLY = [0xfd, 0xe6, 0x01];
const ADD = [0xfd, 0xe4, 0x01];
const RELAXED_MADD = [0xfd, 0x85, 0x02];
const FIRST_LANE = [0xfd, 0x1f, 0x00];

/** 10⁹ operations a second, by a multiplication and an addition, and by both in one; null where this Node has it not. */
export const simdPeak = (): { separate: number; fused: number | null } => ({
  separate: gflops([...MULTIPLY, LOCAL_GET, 2, ...ADD])!,
  fused: gflops([LOCAL_GET, 2, ...RELAXED_MADD]),
});

function gflops(operation: number[]): number | null {
  const bytes = new Uint8Array(moduleOf(operation));
  if (!WebAssembly.validate(bytes)) return null;
  const { run } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  const times = Array.from({ length: 7 }, () => {
    const begun = performance.now();
    (run as (rounds: number) => number)(ROUNDS);
    return performance.now() - begun;
  });
  return (ROUNDS * ACCUMULATORS * 4 * 2) / Math.min(...times) / 1e6;
}

/**
 * `run(rounds)`: a loop over independent accumulators, so that none waits for another. Local 0 counts, 1 is the factor, 2
 * the addend.
 */
function moduleOf(operation: number[]): number[] {
  const accumulators = Array.from({ length: ACCUMULATORS }, (_, i) => 3 + i);
  const splat = (local: number, bytes: number[]) => [0x43, ...bytes, ...SPLAT, LOCAL_SET, local];
  const body = [
    ...[1, 2 + ACCUMULATORS, V128],
    ...splat(1, [0x00, 0x00, 0x7f, 0x3f]), // just below 1
    ...splat(2, [0x00, 0x00, 0x80, 0x3f]), // 1
    ...[0x03, 0x40],
    ...accumulators.flatMap((at) => [LOCAL_GET, at, LOCAL_GET, 1, ...operation, LOCAL_SET, at]),
    ...[LOCAL_GET, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b], // count down, and again
    ...accumulators.flatMap((at, i) => [LOCAL_GET, at, ...(i > 0 ? ADD : [])]),
    ...FIRST_LANE,
    0x0b,
  ];
  const section = (id: number, content: number[]) => [id, ...leb(content.length), ...content];
  return [
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 1, 0x7f, 1, 0x7d]),
    ...section(3, [1, 0]),
    ...section(7, [1, 3, ...Buffer.from('run'), 0, 0]),
    ...section(10, [1, ...leb(body.length), ...body]),
  ];
}

const leb = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...leb(n >> 7)]);
