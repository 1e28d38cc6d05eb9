import type { Predictions } from '../input';
import { spread } from '../../sampleStatistics';
import type { Spread } from '../summary';
import { biasCurve, biasedClasses, fitBias, type BiasCurve } from './bias';

/** Accuracy (0–1) of all examples and of those of the classes that were left out, over seeds. */
interface Accuracies {
  all: Spread;
  missing: Spread | null;
}

/** Mean errors over seeds by bias, to be drawn. */
export interface ErrorCurve {
  errors: number[];
  errorsOfMissing: number[];
  examples: number;
  examplesOfMissing: number;
}

/** What correcting the bias of classes that the transfer set lacks does for one arm (Hinton, Vinyals & Dean 2015, §3). */
export interface BiasCorrection {
  /** Class numbers: left out of the transfer set, and whose logits the bias is added to. */
  missing: number[];
  biased: number[];
  /** Fitted by accuracy on each run’s own validation examples. */
  fitted: Spread;
  validation: { before: Accuracies; after: Accuracies };
  /** With the same biases; null while the test set is sealed. */
  test: { before: Accuracies; after: Accuracies } | null;
  /** The paper’s way: fitted on the test set, on which it is then tried. For comparison only. */
  onTest: { fitted: Spread; after: Accuracies } | null;
  /** The grid, and mean errors on it. */
  biases: number[];
  curves: { validation: ErrorCurve; test: ErrorCurve | null };
}

/** Most points of a curve sent to a page. */
const MOST_POINTS = 401;

/**
 * Null where no class is missing, all are, or no run saved its predictions.
 * @param runs of the arm, one a seed
 * @param missing numbers of the classes that no example of the transfer set has
 */
export function biasCorrection(
  runs: readonly { validation: Predictions; test: Predictions | null }[],
  missing: readonly number[],
): BiasCorrection | null {
  const [first] = runs;
  if (!first) return null;
  const classes = first.validation.logits.length / first.validation.labels.length;
  if (missing.length === 0 || missing.length >= classes) return null;
  const biased = biasedClasses(missing, classes);
  const curveOf = (part: Predictions) => biasCurve(part, biased, missing);
  const validation = runs.map((run) => curveOf(run.validation));
  const test = runs.flatMap((run) => (run.test ? [curveOf(run.test)] : []));
  const open = test.length === runs.length;
  const fits = validation.map(fitBias);
  const testFits = test.map(fitBias);
  const none = fits.map(() => 0);
  const biases = commonGrid([...validation, ...(open ? test : [])]);
  return {
    missing: [...missing],
    biased,
    fitted: spread(fits)!,
    validation: { before: accuracies(validation, none), after: accuracies(validation, fits) },
    test: open ? { before: accuracies(test, none), after: accuracies(test, fits) } : null,
    onTest: open ? { fitted: spread(testFits)!, after: accuracies(test, testFits) } : null,
    biases,
    curves: { validation: errorCurve(validation, biases), test: open ? errorCurve(test, biases) : null },
  };
}

function accuracies(curves: readonly BiasCurve[], biases: readonly number[]): Accuracies {
  const share = (right: 'right' | 'rightOfThese', of: 'examples' | 'examplesOfThese') =>
    spread(curves.flatMap((curve, i) => (curve[of] === 0 ? [] : at(curve, biases[i]!, right) / curve[of])));
  return { all: share('right', 'examples')!, missing: share('rightOfThese', 'examplesOfThese') };
}

/** At the nearest bias of the curve’s own grid: beyond its ends nothing changes. */
function at({ biases, ...curve }: BiasCurve, bias: number, key: 'right' | 'rightOfThese'): number {
  const index = Math.round((bias - biases[0]!) * 10);
  return curve[key][Math.min(biases.length - 1, Math.max(0, index))]!;
}

/** Over all that any curve covers, as many points as can be drawn, 0 among them. */
function commonGrid(curves: readonly BiasCurve[]): number[] {
  const first = Math.min(...curves.map(({ biases }) => biases[0]!));
  const last = Math.max(...curves.map(({ biases }) => biases.at(-1)!));
  const step = Math.max(1, Math.ceil(((last - first) * 10) / (MOST_POINTS - 1)));
  const [from, to] = [Math.floor((first * 10) / step), Math.ceil((last * 10) / step)];
  return Array.from({ length: to - from + 1 }, (_, i) => ((from + i) * step) / 10);
}

function errorCurve(curves: readonly BiasCurve[], biases: readonly number[]): ErrorCurve {
  const mean = (of: (curve: BiasCurve, bias: number) => number) =>
    biases.map((bias) => curves.reduce((sum, curve) => sum + of(curve, bias), 0) / curves.length);
  return {
    errors: mean((curve, bias) => curve.examples - at(curve, bias, 'right')),
    errorsOfMissing: mean((curve, bias) => curve.examplesOfThese - at(curve, bias, 'rightOfThese')),
    examples: curves[0]!.examples,
    examplesOfMissing: curves[0]!.examplesOfThese,
  };
}
