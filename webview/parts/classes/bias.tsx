import type { BiasCorrection } from '../../../src/results/classes/correction';
import type { Classes } from '../../../src/messages';
import { accuracy, decimalsFor, fixed, percentage } from '../../../src/results/format';
import type { Spread } from '../../../src/results/summary';
import { Figure } from '../../chart/figure';
import { biasChart, biasText, nearestBias, shownCurve } from '../../models/biasChart';
import type { View } from '../../view';

/** Classes missing from the transfer set: what one bias on their logits would do, and what the fitted one does. */
export function Bias(props: {
  view: View;
  classes: Classes;
  correction: BiasCorrection;
  names: readonly string[];
}) {
  const { view, classes, correction, names } = props;
  const { biases, fitted } = correction;
  const missing = nameOf(correction.missing, names);
  const chart = biasChart(view.calm.experiment, correction, missing);
  const at = nearestBias(correction, view.state.bias ?? fitted.mean);
  const set = (bias: number) => {
    view.change({ bias: biases[nearestBias(correction, bias)]! });
  };
  const [errors, zero] = [shownCurve(correction), nearestBias(correction, 0)];
  return (
    <section class="bias">
      <Figure
        size="small"
        model={chart}
        cursor={biases[at]!}
        onCursor={(bias, how) => {
          if (bias !== null && how === 'keep') set(bias);
        }}
      >
        <div class="controls">
          <label class="slider wide">
            Bias of {nameOf(correction.biased, names)} <b>{biasText(biases[at]!)}</b>
            <input
              type="range"
              min={chart.x.min}
              max={chart.x.max}
              step={0.1}
              value={biases[at]}
              aria-valuetext={biasText(biases[at]!)}
              onInput={(event) => {
                set(Number(event.currentTarget.value));
              }}
            />
          </label>
          {view.state.bias !== null && (
            <button
              type="button"
              class="link"
              onClick={() => {
                view.change({ bias: null });
              }}
            >
              As fitted
            </button>
          )}
        </div>
        <p class="readout">
          <span>
            <b>{fixed(errors.errors[at]!, 1)}</b> errors of {errors.examples},{' '}
            <b>{fixed(errors.errorsOfMissing[at]!, 1)}</b> of the {errors.examplesOfMissing} of {missing}
          </span>
          <span>
            uncorrected {fixed(errors.errors[zero]!, 1)} and {fixed(errors.errorsOfMissing[zero]!, 1)}
          </span>
        </p>
      </Figure>
      <Corrected classes={classes} correction={correction} missing={missing} />
    </section>
  );
}

/** E.g. "class 3", "classes 7, 8"; of very many their number. */
function nameOf(classes: readonly number[], names: readonly string[]): string {
  if (classes.length > 6) return `${classes.length} classes`;
  const list = classes.map((index) => names[index] ?? String(index)).join(', ');
  return `${classes.length === 1 ? 'class' : 'classes'} ${list}`;
}

/** Before and after, each run with the bias that its own validation examples give; the paper’s way is shown separately. */
function Corrected(props: { classes: Classes; correction: BiasCorrection; missing: string }) {
  const { correction, missing } = props;
  const { fitted, validation, test, onTest, curves } = correction;
  const all = (value: Spread, examples: number) => accuracy(value.mean, examples);
  const few = (value: Spread | null, examples: number) =>
    value === null ? '–' : `${percentage(value.mean, decimalsFor(examples))} %`;
  const row = (
    name: string,
    bias: Spread,
    before: typeof validation.before,
    after: typeof validation.after,
    curve: typeof curves.validation,
  ) => (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {biasText(bias.mean)}
        {bias.n > 1 && <span class="aside"> ± {fixed(bias.sd, 1)}</span>}
      </td>
      <td>{all(before.all, curve.examples)}</td>
      <td>{all(after.all, curve.examples)}</td>
      <td>{few(before.missing, curve.examplesOfMissing)}</td>
      <td>{few(after.missing, curve.examplesOfMissing)}</td>
    </tr>
  );
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label="Bias correction, before and after">
      <table>
        <thead>
          <tr>
            <th scope="col">Fitted by accuracy</th>
            <th scope="col">Bias</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
            <th scope="col">{missing}, before</th>
            <th scope="col">after</th>
          </tr>
        </thead>
        <tbody>
          {row(
            'on validation, evaluated on validation',
            fitted,
            validation.before,
            validation.after,
            curves.validation,
          )}
          {test &&
            curves.test &&
            row('on validation, evaluated on test', fitted, test.before, test.after, curves.test)}
          {test &&
            onTest &&
            curves.test &&
            row('on test itself, as in the paper', onTest.fitted, test.before, onTest.after, curves.test)}
        </tbody>
      </table>
      {onTest && (
        <p class="note">
          Fitting on the test set itself, as in the paper, is optimistic and does not count as a result.
        </p>
      )}
    </div>
  );
}
