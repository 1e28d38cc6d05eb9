import { createRequire } from 'node:module';
import type { Classes } from '../../../src/messages';
import type * as view from '../../../src/results/classes/view';
import { noise, probes } from '../../fixtures/snapshots';

// The sources are CommonJS to Node.js, whose names an import from a module like this one cannot see.
const { classesView } = createRequire(import.meta.url)('../../../src/results/classes/view.ts') as typeof view;

const SEEDS = [0, 1, 2, 3];

/** 600 examples of `classes` classes; a student is wrong where it is unsure, and often about `weak`. */
function answers(classes: number, skill: number, salt: number, weak: number) {
  const labels = Int32Array.from({ length: 600 }, (_, i) => i % classes);
  const logits = new Float32Array(labels.length * classes);
  labels.forEach((label, i) => {
    for (let c = 0; c < classes; c++) logits[i * classes + c] = 1.6 * noise(salt + c, i);
    const second = (label + 1 + (i % 3)) % classes;
    logits[i * classes + label]! += skill + 1.5 * noise(salt, i) - (label === weak ? 1.6 : 0);
    logits[i * classes + second]! += 1.2;
  });
  return { logits, labels };
}

/** The Classes page of the headline’s arm; class “3” was left out of its transfer set where `missing`. */
export function classes(of = 10, missing = false): Classes {
  const run =
    (skill: number, salt: number, weak = -1) =>
    (seed: number) => {
      const answer = answers(of, skill, salt + 100 * seed, weak);
      return { seed, validation: answer, test: answer };
    };
  const found = classesView({
    arm: 'kd',
    title: 'KD T 4 · α 0.9',
    part: 'test',
    distilled: SEEDS.map(run(4.1, 11, missing ? 3 : -1)),
    scratch: SEEDS.map(run(3.2, 5, 4)),
    teacher: [run(5.2, 3)(0)],
    missing: missing ? [3] : [],
  })!;
  const shown = found.disagreements?.shown ?? [];
  return {
    ...found,
    pictures: { shape: [8, 8, 1], inputs: shown.map(({ label }) => probes[label % 10]!.input) },
  };
}
