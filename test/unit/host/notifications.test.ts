import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commands, window, workspace } from 'vscode';
import type { Host } from '../../../src/host/host';
import { registerNotifications } from '../../../src/host/notifications';
import type { ExperimentView } from '../../../src/host/store/views';
import type { Summary } from '../../../src/results/summary';
import { experimentView, runView } from './views';

let views: ExperimentView[];
let change: (view?: ExperimentView) => void;
let visible: boolean;
const shown = vi.fn();
const show = vi.fn();
const executeCommand = vi.fn();

/** What was said, kind and text, since the last look. */
const said = () => {
  const all = shown.mock.calls.map(([kind, text]) => `${String(kind)}: ${String(text)}`);
  shown.mockClear();
  return all;
};

beforeEach(() => {
  vi.useFakeTimers();
  visible = false;
  views = [];
  shown.mockClear();
  const message =
    (kind: string) =>
    (text: string, ...buttons: string[]) => {
      shown(kind, text);
      return Promise.resolve(kind === 'warning' ? buttons[0] : undefined);
    };
  Object.assign(window, {
    showErrorMessage: message('error'),
    showWarningMessage: message('warning'),
    showInformationMessage: message('info'),
  });
  Object.assign(commands, { executeCommand });
  Object.assign(workspace, {
    getConfiguration: () => ({ get: (_: string, otherwise: unknown) => otherwise }),
  });
  registerNotifications({
    store: {
      get experiments() {
        return views;
      },
      onDidChange: (listener: typeof change) => {
        change = listener;
        return { dispose: () => undefined };
      },
    },
    panels: { isVisible: () => visible, show },
  } as unknown as Host);
});

afterEach(() => vi.useRealTimers());

function become(...parts: Parameters<typeof experimentView>): void {
  views = [experimentView(...parts)];
  change(views[0]);
}
const summary = {
  part: 'test',
  comparisons: [
    { primary: true, verdict: 'BEATS', mean: 0.034, sentence: 'It is **+3.4 pp** more accurate.' },
  ],
} as unknown as Summary;

describe('notifications', () => {
  it('say nothing of what was so when the window opened', () => {
    become([runView({ status: 'failed', state: { message: 'NaN', cause: 'nan' } })], { state: 'failed' });
    expect(said()).toEqual([]);
  });

  it('tell a failure once, with what it was', () => {
    const failed = runView({ status: 'failed', state: { message: 'The loss became NaN.', cause: 'nan' } });
    become([runView({ status: 'running' })], { state: 'running' });
    become([failed], { state: 'failed' });
    become([failed], { state: 'failed' });
    expect(said()).toEqual(['error: few: kd · seed 0: The loss became NaN.']);
  });

  it('offer to resume what was interrupted, and do it', async () => {
    become([runView({ status: 'running' })], { state: 'running' });
    become([runView({ status: 'interrupted', state: { step: 400 } })], { state: 'interrupted' });
    expect(said()[0]).toMatch(/^warning: .*its process is no longer running/);
    await vi.runAllTimersAsync();
    expect(executeCommand).toHaveBeenCalledWith('distillery.resume', {
      experiment: '/w/few.distill.json',
      run: runView().id,
    });
  });

  it('tell many failures at once in one', () => {
    const runs = (status: 'running' | 'failed') =>
      [0, 1, 2].map((seed) => runView({ seed, status, state: { message: 'Full disk.', cause: 'exit' } }));
    become(runs('running'), { state: 'running' });
    become(runs('failed'), { state: 'failed' });
    expect(said()).toEqual(['error: few: kd · seed 0: Full disk. (2 more)']);
  });

  it('tell the end of a long experiment whose panel is hidden, with its verdict', () => {
    const finish = (seconds: number) => {
      become([runView({ status: 'running' })], { state: 'running' });
      vi.advanceTimersByTime(seconds * 1000);
      become([runView({ status: 'finished', accuracy: 0.9 })], { state: 'finished', summary });
      return said();
    };
    expect(finish(31)).toEqual(['info: few BEATS: It is +3.4 pp more accurate.']);
    expect(finish(29)).toEqual([]);
    visible = true;
    expect(finish(31)).toEqual([]);
  });

  it('say nothing of a stop, which somebody asked for', () => {
    become([runView({ status: 'running' })], { state: 'running' });
    vi.advanceTimersByTime(60_000);
    become([runView({ status: 'stopped' })], { state: 'stopped' });
    expect(said()).toEqual([]);
  });
});
