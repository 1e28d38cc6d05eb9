import { describe, expect, it } from 'vitest';
import { explainExit, type ProcessExit } from '../../../src/runner/processExit';

const at = { step: 210, checkpoint: 200 };
const ending = (part: Partial<ProcessExit>): ProcessExit => ({
  code: null,
  signal: null,
  stderr: [],
  ...part,
});

describe('explainEnding', () => {
  it('names a signal from outside and the checkpoint that is kept', () => {
    expect(explainExit(ending({ signal: 'SIGKILL' }), at)).toEqual({
      cause: 'signal',
      message: 'Another process ended the trainer (SIGKILL) at step 210. The checkpoint of step 200 is kept.',
    });
    expect(explainExit(ending({ signal: 'SIGTERM' }), { step: 0, checkpoint: null }).message).toBe(
      'Another process ended the trainer (SIGTERM).',
    );
  });

  it.each([
    [ending({ signal: 'SIGSEGV' }), 'The engine crashed (SIGSEGV).'],
    [ending({ signal: 'SIGILL' }), 'The engine crashed (SIGILL).'],
    [ending({ signal: 'SIGABRT', stderr: ['terminate called'] }), 'The engine crashed (SIGABRT).'],
    [ending({ code: 139 }), 'The engine crashed (SIGSEGV).'],
    [ending({ code: 0xc0000005 }), 'The engine crashed (access violation).'],
  ])('knows a crash: %o', (one, message) => {
    expect(explainExit(one, at)).toEqual({ cause: 'crash', message });
  });

  it('knows a full heap from V8’s last words, and how much it held', () => {
    const stderr = [
      '[88:0x5] 91 ms: Mark-Compact 4100.3 (4198.4) -> 4099.9 (4198.4) MB, pooled: 0 MB, 3.1 / 0.0 ms',
      'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    ];
    expect(
      explainExit(ending({ signal: 'SIGABRT', stderr }), { step: 12, checkpoint: null }, 8 * 2 ** 30),
    ).toEqual({
      cause: 'memory',
      message: 'Ran out of memory at step 12 (4.1 GB of 8 GB). Halve the batch size.',
    });
  });

  it.each(['Error: spawn ENOMEM', 'RangeError: Array buffer allocation failed', 'std::bad_alloc'])(
    'knows that "%s" means memory, and names no size that it does not know',
    (line) => {
      expect(explainExit(ending({ code: 1, stderr: [line] }), at)).toEqual({
        cause: 'memory',
        message: 'Ran out of memory at step 210. Halve the batch size.',
      });
    },
  );

  it('gives the exit code with the last five lines of stderr', () => {
    const stderr = ['1', '2', '3', '4', '5', '6'];
    expect(explainExit(ending({ code: 7, stderr }), at)).toEqual({
      cause: 'exit',
      message: 'The trainer ended with code 7.\n2\n3\n4\n5\n6',
    });
    expect(explainExit(ending({ code: 0 }), at).message).toBe(
      'The trainer ended with code 0 before its run was finished.',
    );
  });
});
