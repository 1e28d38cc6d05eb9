import { expect, test } from 'vitest';
import { announcement } from '../../../webview/live';
import { initialState, restoreState } from '../../../webview/state';
import { finished, running } from '../../fixtures/snapshots';

test('what was remembered comes back', () => {
  const state = {
    ...initialState,
    file: 'file:///a.distill.json',
    run: 'runs/a/kd/seed-1',
    tab: 'temperature' as const,
    zoom: { loss: [0.1, 2] as [number, number] },
    temperature: 4,
  };
  expect(restoreState(JSON.parse(JSON.stringify(state)))).toEqual(state);
});

test('what cannot be meant is forgotten, the rest is kept', () => {
  expect(
    restoreState({
      tab: 'elsewhere',
      measure: 'loss',
      armFilter: { role: 'all' },
      armOrder: { column: 'measure', ascending: 'yes' },
      temperature: 1000,
      smoothing: 'much',
      zoom: { loss: [2, 1] },
      overlays: [1],
      lossScale: 'linear',
      unknown: true,
    }),
  ).toEqual({ ...initialState, lossScale: 'linear' });
  for (const nothing of [undefined, null, 7, 'x']) expect(restoreState(nothing)).toEqual(initialState);
});

test('the live region speaks of state and of each further quarter', () => {
  const said = [1, 140, 300, 500, 559].map((step) =>
    announcement({ ...running(step), planDone: step / 560 }),
  );
  expect(said).toEqual([
    'running',
    'running, 25 % of the plan done',
    'running, 50 % of the plan done',
    'running, 75 % of the plan done',
    'running, 75 % of the plan done',
  ]);
  expect(announcement(finished())).toBe('finished · 16 runs in 38 s · today 14:02');
});
