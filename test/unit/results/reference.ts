import { readFileSync } from 'node:fs';

type Bounds = [low: number, high: number];
type Count = [one: number, other: number, p: number];

/** Made by test/fixtures/statistics.py with SciPy, statsmodels and scikit-learn. */
export const reference = JSON.parse(readFileSync('test/fixtures/statistics.json', 'utf8')) as {
  cases: {
    distilled: string[];
    scratch: string[];
    mean: number;
    meanSquares: [number, number, number];
    degreesOfFreedom: number;
    intervals: Record<string, Bounds>;
    p: number;
    seedInterval: Bounds;
    signs: Count;
    mcnemar: Count[];
    bootstrap: { low: number; high: number; sd: number };
  }[];
  holm: { p: number[]; corrected: number[] };
  signTests: Count[];
  calibration: {
    logits: number[][];
    labels: number[];
    nll: number;
    brier: number;
    ece: number;
    temperature: number;
    scaledNll: number;
  };
};

/** "0110" → [0, 1, 1, 0]. */
export const rows = (texts: readonly string[]) => texts.map((text) => Uint8Array.from(text, Number));
