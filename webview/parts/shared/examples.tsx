import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Probe, Snapshot } from '../../../src/messages';
import { useChartKit } from '../../chart/kit';
import { pixelsOf } from './pixels';

/** The examples whose logits the run kept, to choose one. */
export function Examples(props: {
  snapshot: Snapshot;
  chosen: Probe | null;
  choose: (row: number) => void;
  children?: ComponentChildren;
}) {
  const { snapshot, chosen } = props;
  const { probes } = snapshot;
  if (!chosen && probes.length === 0) return null;
  const name = (index: number) => snapshot.summary?.classes[index] ?? String(index);
  const says = (logits: number[] | null) => (logits ? name(logits.indexOf(Math.max(...logits))) : null);
  const answers = (['teacher', 'student', 'scratch'] as const).flatMap((who) => {
    const answer = says(chosen?.[who] ?? null);
    return answer === null ? [] : [`${who} ${answer}`];
  });
  const found = snapshot.example?.found;
  const part = found && found.row === chosen?.row ? found.part : 'validation';
  return (
    <section class="examples">
      <h2>
        Example{' '}
        {chosen && (
          <span class="caption">
            row {chosen.row}, from {part}
          </span>
        )}
      </h2>
      <div class="pick">
        {chosen && pixelsOf(chosen) && (
          <Drawing probe={chosen} size={96} title={`Class ${name(chosen.label)}`} />
        )}
        <div class="thumbnails" role="radiogroup" aria-label="Example">
          {probes.map((probe) => {
            const number = probes.filter((p) => p.label === probe.label && p.row <= probe.row).length;
            return (
              <label
                key={probe.row}
                class={probe.row === chosen?.row ? 'chosen' : ''}
                title={`Row ${probe.row}`}
              >
                <input
                  type="radio"
                  name="example"
                  class="unseen"
                  checked={probe.row === chosen?.row}
                  aria-label={`Class ${name(probe.label)}, ${number}`}
                  onChange={() => {
                    props.choose(probe.row);
                  }}
                />
                {pixelsOf(probe) ? <Drawing probe={probe} size={32} /> : <span>{name(probe.label)}</span>}
              </label>
            );
          })}
        </div>
      </div>
      {chosen && (
        <p class="caption">
          True class <b>{name(chosen.label)}</b>.
          {answers.length > 0 && ` Predictions: ${answers.join(', ')}.`}
        </p>
      )}
      {props.children}
    </section>
  );
}

/** An input as a picture, one pixel of it a pixel of the canvas. */
export function Drawing(props: { probe: Pick<Probe, 'shape' | 'input'>; size: number; title?: string }) {
  const { probe, size, title } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const { ink } = useChartKit().palette;
  const pixels = pixelsOf(probe, ink);
  useLayoutEffect(() => {
    const pen = canvas.current?.getContext('2d');
    if (!pixels || !pen) return;
    pen.putImageData(new ImageData(pixels.data, pixels.width, pixels.height), 0, 0);
  });
  return (
    <canvas
      ref={canvas}
      class="drawing"
      width={pixels?.width ?? 1}
      height={pixels?.height ?? 1}
      style={{ width: `${size}px`, height: `${size}px` }}
      {...(title === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': title })}
    />
  );
}
