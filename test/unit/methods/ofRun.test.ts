import { expect, it } from 'vitest';
import { balanceOf, termsOfRun, weightOfLabels } from '../../../src/methods/ofRun';

const hinton = {
  id: 'hinton',
  parameters: { temperature: 4, softLoss: 'kl', scaleByT2: true },
  weights: { distillation: 0.9, student: 0.1 },
};

it('describes the terms of a run as its parameters make them', () => {
  expect(termsOfRun(hinton)['distillation']?.title).toBe('distillation T²·KL');
  const unscaled = { ...hinton, parameters: { ...hinton.parameters, scaleByT2: false } };
  expect(termsOfRun(unscaled)['distillation']?.title).toBe('distillation KL');
});

it('knows the terms of an unknown method by name only', () => {
  const foreign = { id: 'constructor', parameters: {}, weights: { toString: 1, hint: 2 } };
  expect(termsOfRun(foreign)).toMatchObject({
    toString: { title: 'toString', source: 'other' },
    hint: { title: 'hint', source: 'other' },
  });
  expect(balanceOf(foreign)).toBeNull();
  expect(weightOfLabels(foreign)).toBe(0);
});

it('has a balance only where outputs are softened', () => {
  expect(balanceOf(hinton)).toEqual({ distillationWeight: 0.9, studentWeight: 0.1 });
  expect(
    balanceOf({ id: 'logitMatching', parameters: {}, weights: { distillation: 0.9, student: 0.1 } }),
  ).toBeNull();
});
