import { useState } from 'preact/hooks';
import type { CellValue, Summary } from '../../../src/results/summary';
import { type CellFilter, passesFilter, parallel } from '../../models/parallel';
import { PictureFrame } from '../../picture/frame';
import type { View } from '../../view';
import { parallelPicture } from './parallelPicture';

const everything: CellFilter = { out: {}, ranges: {} };

/** The sweep in parallel coordinates, with its filters. */
export function Sweep({ view, summary }: { view: View; summary: Summary }) {
  const [kept, setKept] = useState(everything);
  const model = parallel(summary, view.state.measure);
  if (!model) return null;
  const toggle = (axis: string, value: CellValue) => {
    setKept(({ out, ranges }) => {
      const old = out[axis] ?? [];
      const now = old.includes(value) ? old.filter((one) => one !== value) : [...old, value];
      return { out: { ...out, [axis]: now }, ranges };
    });
  };
  const picture = parallelPicture(summary.experiment, model, kept, (axis, range) => {
    setKept(({ out, ranges }) => {
      const { [axis]: _, ...others } = ranges;
      return { out, ranges: range ? { ...others, [axis]: range } : others };
    });
  });
  const all = model.lines.every((line) => passesFilter(model, line, kept));
  return (
    <PictureFrame
      picture={picture}
      after={
        <div class="keep">
          {model.axes.map(
            (axis) =>
              axis.values && (
                <div key={axis.id} class="segments" role="group" aria-label={`Filter ${axis.name}`}>
                  <span class="name">{axis.name}</span>
                  {axis.values.map((value) => (
                    <button
                      key={String(value)}
                      type="button"
                      aria-pressed={!kept.out[axis.id]?.includes(value)}
                      onClick={() => {
                        toggle(axis.id, value);
                      }}
                    >
                      {String(value)}
                    </button>
                  ))}
                </div>
              ),
          )}
          <p class="caption">
            Drag along an axis to filter by a range.{' '}
            {!all && (
              <button
                type="button"
                class="link"
                onClick={() => {
                  setKept(everything);
                }}
              >
                Clear filters
              </button>
            )}
          </p>
        </div>
      }
    />
  );
}
