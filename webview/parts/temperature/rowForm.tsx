import { useState } from 'preact/hooks';
import type { Snapshot } from '../../../src/messages';

/** A form to show any row of the data set, in addition to the examples of the run. */
export function RowForm(props: {
  example: Snapshot['example'];
  asked: number | null;
  ask: (row: number) => void;
}) {
  const { example, asked } = props;
  const [typed, setTyped] = useState(asked === null ? '' : String(asked));
  const row = /^\d{1,9}$/.test(typed) ? Number(typed) : null;
  return (
    <form
      class="controls"
      onSubmit={(event) => {
        event.preventDefault();
        if (row !== null) props.ask(row);
      }}
    >
      <label class="field">
        Row{' '}
        <input
          type="number"
          class="number"
          min={0}
          step={1}
          aria-label="Row of the data set"
          value={typed}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />
      </label>
      <button type="submit" class="text-button" disabled={row === null}>
        Show row
      </button>
      <span class="caption" role="status">
        {asked !== null && example?.row === asked
          ? (example.problem ?? (example.found ? '' : `Reading row ${asked}…`))
          : 'any validation row; test rows once the test set is open'}
      </span>
    </form>
  );
}
