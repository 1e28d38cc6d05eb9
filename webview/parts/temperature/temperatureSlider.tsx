import { HIGHEST_T, LOWEST_T } from '../../../src/results/laboratory/grid';
import { formatTemperature } from '../../models/temperatureAxis';

const SPAN = HIGHEST_T / LOWEST_T;
const STEPS = Math.round(Math.log(SPAN) / Math.log(1.01));
const stepOf = (t: number) => (STEPS * Math.log(t / LOWEST_T)) / Math.log(SPAN);
const temperatureAt = (step: number) => LOWEST_T * SPAN ** (step / STEPS);

/** T on a log scale: an arrow key is 1 %, Page Up and Down double and halve. */
export function TemperatureSlider(props: {
  temperature: number;
  used: number | null;
  onChange: (t: number) => void;
}) {
  const { temperature, used, onChange } = props;
  const keys = (event: KeyboardEvent) => {
    const factor = { PageUp: 2, PageDown: 0.5 }[event.key];
    if (factor === undefined) return;
    event.preventDefault();
    onChange(temperature * factor);
  };
  return (
    <label class="slider wide">
      Temperature <b>T {formatTemperature(temperature)}</b>
      <input
        type="range"
        min={0}
        max={STEPS}
        step={1}
        value={Math.round(stepOf(temperature))}
        aria-label="Temperature"
        aria-valuetext={`T ${formatTemperature(temperature)}`}
        onKeyDown={keys}
        onInput={(event) => {
          const step = Number(event.currentTarget.value);
          // The run's own temperature is hit exactly.
          onChange(used !== null && Math.round(stepOf(used)) === step ? used : temperatureAt(step));
        }}
      />
      <span class="aside">
        {LOWEST_T} – {HIGHEST_T}
      </span>
    </label>
  );
}
