import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/config/errors';
import type { EngineId, Numerics } from '../../../src/config/numerics';
import { chooseEngine } from '../../../src/engines/select';
import type { SelfTest } from '../../../src/engines/select';

const numerics = (engine: EngineId): Numerics => ({
  engine,
  version: '4.22.0',
  variant: 'any',
  threads: 1,
  execution: 'eager',
});

/** Engines that pass, and what the others say; notes which were tried. */
function machine(reasons: Partial<Record<EngineId, string>>): { probe: SelfTest; asked: EngineId[] } {
  const asked: EngineId[] = [];
  const probe: SelfTest = (engine) => {
    asked.push(engine);
    const reason = reasons[engine];
    return Promise.resolve(
      reason === undefined
        ? { engine, ok: true, reason: 'It works.', numerics: numerics(engine) }
        : { engine, ok: false, reason },
    );
  };
  return { probe, asked };
}

describe('chooseEngine', () => {
  test('takes native where it passes, and tries no other', async () => {
    const { probe, asked } = machine({});
    const chosen = await chooseEngine('auto', probe);
    expect(chosen.numerics).toEqual(numerics('native'));
    expect(chosen.why).toBe('Native TensorFlow passed its self-test.');
    expect(asked).toEqual(['native']);
  });

  test('says why it takes portable', async () => {
    const { probe } = machine({ native: 'Native TensorFlow is not installed.' });
    const chosen = await chooseEngine('auto', probe);
    expect(chosen.numerics.engine).toBe('portable');
    expect(chosen.why).toBe('Native TensorFlow is not installed; using portable.');
    expect(chosen.tried).toEqual([
      { engine: 'native', ok: false, reason: 'Native TensorFlow is not installed.' },
      { engine: 'portable', ok: true, reason: 'It works.' },
    ]);
  });

  test('takes plain as the last resort', async () => {
    const { probe } = machine({ native: 'It crashed (SIGILL).', portable: 'No WebAssembly.' });
    const chosen = await chooseEngine('auto', probe);
    expect(chosen.numerics.engine).toBe('plain');
    expect(chosen.why).toBe('It crashed (SIGILL). No WebAssembly; using plain.');
  });

  test('an engine that is asked for is used or is an error, never replaced', async () => {
    const { probe, asked } = machine({ native: 'Native TensorFlow is not installed.' });
    expect((await chooseEngine('plain', probe)).why).toBe('The experiment asks for plain.');
    await expect(chooseEngine('native', probe)).rejects.toThrow(UserError);
    await expect(chooseEngine('native', probe)).rejects.toThrow(
      /"native".*is not installed\. Set it up with: distillery setup native\. Set "engine" to "auto"/,
    );
    expect(asked).toEqual(['plain', 'native', 'native']);
  });

  test('computes on a graphics processor only where it is asked to', async () => {
    const { probe, asked } = machine({ native: 'A.', portable: 'B.', plain: 'C.' });
    await expect(chooseEngine('auto', probe)).rejects.toThrow();
    expect(asked).not.toContain('gpu');
    expect((await chooseEngine('gpu', probe)).numerics.engine).toBe('gpu');
  });

  test('an error says what each engine lacks', async () => {
    const { probe } = machine({ native: 'A.', portable: 'B.', plain: 'C.' });
    await expect(chooseEngine('auto', probe)).rejects.toThrow(
      'No engine works here. native: A. portable: B. plain: C.',
    );
  });
});
