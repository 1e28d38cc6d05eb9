import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { findMethod, methods, scratchMethod } from '../../../src/methods/catalogue';
import { hinton } from '../../../src/methods/hinton';
import { labelSmoothing } from '../../../src/methods/labelSmoothing';
import { logitMatching } from '../../../src/methods/logitMatching';
import { DISTILLATION_TERM, STUDENT_TERM } from '../../../src/methods/method';

describe('the catalogue', () => {
  it('offers soft targets first and keeps scratch apart', () => {
    expect(methods[0]).toBe(hinton);
    expect(methods).not.toContain(scratchMethod);
    expect(findMethod('hardLabels')).toBe(scratchMethod);
    expect(findMethod('logitMatching')).toBe(logitMatching);
    expect(findMethod('nonsense')).toBeUndefined();
  });

  it('has ids of its own, citations and sentences', () => {
    const all = [...methods, scratchMethod];
    expect(new Set(all.map((m) => m.id)).size).toBe(all.length);
    for (const m of all) {
      expect(m.citation).toMatch(/\d{4}/);
      expect(m.summary).toMatch(/\.$/);
      expect(Object.keys(m.terms)).toEqual(Object.keys(m.weights(m.parameters.parse({}))));
    }
  });

  it.each(methods.map((m) => [m.id, m] as const))(
    '%s describes every parameter and needs none',
    (_, method) => {
      expect(method.parameters.safeParse({}).success).toBe(true);
      for (const field of Object.values(method.parameters.shape))
        expect((field as z.ZodType).description).toBeTruthy();
      expect(Object.keys(method.weights(method.parameters.parse({})))).toContain(STUDENT_TERM);
    },
  );
});

describe('the weights of the terms', () => {
  const weights = (p: object) => hinton.weights(hinton.parameters.parse(p));

  it('without beta, alpha is the share of the distillation loss', () => {
    expect(weights({})).toEqual({ [DISTILLATION_TERM]: 0.9, [STUDENT_TERM]: 0.1 });
    expect(weights({ alpha: 0.25 })).toEqual({ [DISTILLATION_TERM]: 0.25, [STUDENT_TERM]: 0.75 });
    expect(weights({ alpha: 1 })).toEqual({ [DISTILLATION_TERM]: 1, [STUDENT_TERM]: 0 });
  });

  it('with beta, alpha is the weight of the student loss, 1 where absent', () => {
    expect(weights({ alpha: 0.5, beta: 2 })).toEqual({ [DISTILLATION_TERM]: 2, [STUDENT_TERM]: 0.5 });
    expect(weights({ beta: 0 })).toEqual({ [DISTILLATION_TERM]: 0, [STUDENT_TERM]: 1 });
  });

  it('logit matching takes the first form alone, label smoothing has one term', () => {
    expect(logitMatching.weights(logitMatching.parameters.parse({ alpha: 0.5 }))).toEqual({
      [DISTILLATION_TERM]: 0.5,
      [STUDENT_TERM]: 0.5,
    });
    expect(labelSmoothing.weights({ epsilon: 0.1 })).toEqual({ [STUDENT_TERM]: 1 });
  });
});

describe('parameters out of range', () => {
  const refusal = (schema: z.ZodType, value: object) => {
    const issue = schema.safeParse(value).error?.issues[0];
    return issue && `${issue.path.join('.')}: ${issue.message}`;
  };
  it.each([
    [{ temperature: 0 }, /^temperature: Expected a temperature above 0/],
    [{ temperature: -1 }, /^temperature: Expected a temperature above 0/],
    [{ temperature: '4' }, /^temperature: Expected a number above 0/],
    [{ alpha: 1.5 }, /^alpha: Expected an alpha from 0 to 1/],
    [{ alpha: -0.1 }, /^alpha: Expected a number of 0 or above for alpha/],
    [{ alpha: 0.5, beta: -1 }, /^beta: Expected a number of 0 or above for beta/],
    [{ softLoss: 'mse' }, /^softLoss: Expected "kl" or "crossEntropy"/],
  ])('%j is refused with the value expected', (value, message) => {
    expect(refusal(hinton.parameters, value)).toMatch(message);
  });

  it('alpha above 1 is a weight like any other beside beta', () => {
    expect(hinton.parameters.safeParse({ alpha: 2, beta: 1 }).success).toBe(true);
  });

  it.each([1, -0.1])('epsilon %d is refused', (epsilon) => {
    expect(refusal(labelSmoothing.parameters, { epsilon })).toMatch(/^epsilon: Expected an epsilon from 0/);
  });
  it('alpha above 1 is refused by logit matching', () => {
    expect(refusal(logitMatching.parameters, { alpha: 2 })).toMatch(/^alpha: Expected an alpha from 0 to 1/);
  });
});
