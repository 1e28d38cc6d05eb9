import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { withMoreSeeds } from '../../../src/host/commands/seeds';

const seedsIn = (text: string) => (parse(text) as { seeds: unknown }).seeds;

describe('adding seeds to an experiment file', () => {
  it('raises a number and keeps every comment and the rest of the text', () => {
    const text = '{\n  // why five\n  "seeds": 5, // paired\n  "minGain": 0.2\n}\n';
    expect(withMoreSeeds(text, 9)).toBe(text.replace('5,', '14,'));
  });

  it('goes on after the largest seed of a list', () => {
    expect(seedsIn(withMoreSeeds('{ "seeds": [3, 11, 7] }', 2))).toEqual([3, 11, 7, 12, 13]);
  });

  it('writes the key where the default was meant', () => {
    const after = withMoreSeeds('{\n  "teacher": "a.teacher.json" // kept\n}\n', 3);
    expect(seedsIn(after)).toBe(8);
    expect(after).toContain('// kept');
  });

  it.each([0, -1, 1.5, 1001])('refuses %s', (count) => {
    expect(() => withMoreSeeds('{}', count)).toThrow(/more seeds/);
  });
});
