import { afterEach, describe, expect, it, vi } from 'vitest';
import { window, type QuickPickItem } from 'vscode';
import { compareWith } from '../../../src/host/commands/compare';
import type { Host } from '../../../src/host/host';
import { summarize } from '../../../src/results/summarize';
import { experiment } from '../results/experiment';
import { experimentView } from './views';

const viewOf = (name: string) =>
  experimentView([], {
    key: `/w/${name}.distill.json`,
    name,
    summary: summarize(experiment({ experiment: name })),
  });

function hostOf(...names: string[]) {
  const views = names.map(viewOf);
  const compare = vi.fn();
  const host = {
    store: { experiments: views, get: (key: string) => views.find((view) => view.key === key) },
    panels: { compare },
  } as unknown as Host;
  return { host, compare };
}
/** Picks the first row, and gives the rows that there were. */
function pickFirst(): QuickPickItem[][] {
  const shown: QuickPickItem[][] = [];
  window.showQuickPick = vi.fn((rows: QuickPickItem[]) => {
    shown.push(rows);
    return Promise.resolve(rows.slice(0, 1));
  }) as unknown as typeof window.showQuickPick;
  return shown;
}
afterEach(() => vi.restoreAllMocks());

describe('Compare with…', () => {
  it('offers the arms of the other experiments, and opens the page with those that were picked', async () => {
    const { host, compare } = hostOf('own', 'other', 'third');
    const shown = pickFirst();
    await compareWith(host, { experiment: '/w/own.distill.json', arm: 'kd-t4' });
    expect(shown[0]?.map(({ label, description }) => [label, description?.split(' · ')[0]])).toEqual([
      ['KD T 4 · α 0.9', 'other'],
      ['KD T 4 · α 0.9', 'third'],
    ]);
    expect(compare).toHaveBeenCalledWith('/w/own.distill.json', ['/w/other.distill.json#kd-t4']);
  });

  it('says where there is nothing to compare with', async () => {
    const { host, compare } = hostOf('own');
    await expect(compareWith(host, { experiment: '/w/own.distill.json' })).rejects.toThrow(
      'There is no other experiment with results to compare own with.',
    );
    expect(compare).not.toHaveBeenCalled();
  });
});
