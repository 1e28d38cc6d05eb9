import { helps } from '../../src/results/classes/confusion';
import { fixed } from '../../src/results/format';
import type { Classes } from '../../src/messages';
import type { PageState } from '../state';

export interface ConfusionCell {
  value: number;
  /** What it says; a dot for none. */
  text: string;
  /** helped: right answers more or a confusion less; hurt: the other way; neutral: a plain count. */
  tone: 'helped' | 'hurt' | 'neutral';
  /** 0–1 of the strongest tint. */
  strength: number;
}

/** Mean counts over seeds, or distilled − scratch, ready to be shown; null where there is no such network. */
export function confusionCells(classes: Classes, of: PageState['confusionOf']): ConfusionCell[][] | null {
  const { confusion, seeds } = classes;
  const matrix = confusion && (of === 'difference' ? difference(confusion) : confusion[of]);
  if (!matrix) return null;
  const decimals = seeds.length > 1 && of !== 'teacher' ? 1 : 0;
  // Right answers are so many that they would leave no tint for what is wrong.
  const counted = matrix.flatMap((row, truth) =>
    row.filter((_, predicted) => of === 'difference' || truth !== predicted).map(Math.abs),
  );
  const most = Math.max(1e-9, ...counted);
  return matrix.map((row, truth) =>
    row.map((value, predicted): ConfusionCell => {
      const text = fixed(value, decimals, { signDisplay: of === 'difference' ? 'exceptZero' : 'auto' });
      const none = Number(value.toFixed(decimals)) === 0;
      const right = truth === predicted && of !== 'difference';
      return {
        value,
        text: none ? '·' : text,
        tone: of !== 'difference' ? 'neutral' : helps(truth, predicted, value) ? 'helped' : 'hurt',
        strength: none || right ? 0 : Math.min(1, Math.abs(value) / most),
      };
    }),
  );
}

function difference({ distilled, scratch }: NonNullable<Classes['confusion']>): number[][] | null {
  return scratch && distilled.map((row, i) => row.map((value, j) => value - scratch[i]![j]!));
}

/** “3 for 5” where they differ, “3 right” where not. */
export const pairName = (truth: string, predicted: string): string =>
  truth === predicted ? `${truth} right` : `${truth} taken for ${predicted}`;
