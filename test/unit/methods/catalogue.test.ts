import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { findMethod, methods, scratchMethod } from '../../../src/methods/catalogue';
import { hinton } from '../../../src/methods/hinton';
import { labelSmoothing } from '../../../src/methods/labelSmoothing';
import { logitMatching } from '../../../src/methods/logitMatching';

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
      const parameters = m.parameters.parse({});
      const terms = m.terms(parameters);
      const { weights, from, formula } = m.weighting(parameters);
      expect(Object.keys(terms)).toEqual(Object.keys(weights));
      expect(Object.keys(from).every((term) => Object.hasOwn(terms, term))).toBe(true);
      expect(Object.values(from).every((key) => Object.hasOwn(m.parameters.shape, key))).toBe(true);
      for (const term of Object.keys(terms)) expect(formula).toContain(term);
      const sources = Object.values(terms).map(({ source }) => source);
      expect(sources.includes('teacher')).toBe(m.teacher !== 'none');
    }
  });

  it.each(methods.map((m) => [m.id, m] as const))(
    '%s describes every parameter and needs none',
    (_, method) => {
      expect(method.parameters.safeParse({}).success).toBe(true);
      for (const field of Object.values(method.parameters.shape))
        expect((field as z.ZodType).description).toBeTruthy();
      expect(Object.keys(method.weighting(method.parameters.parse({})).weights)).toContain('student');
    },
  );
});

describe('the weights of the terms', () => {
  const weights = (p: object) => hinton.weighting(hinton.parameters.parse(p)).weights;

  it('without beta, alpha is the share of the distillation loss', () => {
    expect(weights({})).toEqual({ distillation: 0.9, student: 0.1 });
    expect(weights({ alpha: 0.25 })).toEqual({ distillation: 0.25, student: 0.75 });
    expect(weights({ alpha: 1 })).toEqual({ distillation: 1, student: 0 });
  });

  it('with beta, alpha is the weight of the student loss, 1 where absent', () => {
    expect(weights({ alpha: 0.5, beta: 2 })).toEqual({ distillation: 2, student: 0.5 });
    expect(weights({ beta: 0 })).toEqual({ distillation: 0, student: 1 });
  });

  it('logit matching takes the first form alone, label smoothing has one term', () => {
    expect(logitMatching.weighting(logitMatching.parameters.parse({ alpha: 0.5 })).weights).toEqual({
      distillation: 0.5,
      student: 0.5,
    });
    expect(labelSmoothing.weighting({ epsilon: 0.1 }).weights).toEqual({ student: 1 });
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
