import { useRef } from 'preact/hooks';
import type { Classes } from '../../../src/messages';
import { confusionCells, pairName } from '../../models/confusion';
import { PictureTools, usePicture } from '../../picture/tools';
import type { PageState } from '../../state';
import type { View } from '../../view';
import { Segments } from '../shared/segments';
import { useWidth } from '../shared/width';
import { MOST_TINT, confusionPicture, tintOf } from './confusionPicture';

const titles: Record<PageState['confusionOf'], string> = {
  difference: 'distilled − scratch',
  distilled: 'distilled',
  scratch: 'scratch',
  teacher: 'teacher',
};

/** Which class was taken for which, as a table: the sign says what the colour says. */
export function Confusion({
  view,
  classes,
  names,
}: {
  view: View;
  classes: Classes;
  names: readonly string[];
}) {
  const box = useRef<HTMLElement>(null);
  const width = useWidth(box, 520);
  const there = (['difference', 'distilled', 'scratch', 'teacher'] as const).filter((of) =>
    confusionCells(classes, of),
  );
  const of = there.includes(view.state.confusionOf) ? view.state.confusionOf : there[0]!;
  const cells = confusionCells(classes, of)!;
  const picture = confusionPicture(view.calm.experiment, classes, cells, names, titles[of]);
  const tools = usePicture(picture, width);
  return (
    <section ref={box} onPointerDown={tools.use} onFocusIn={tools.use}>
      <div class="row head">
        <div>
          <h2>{picture.title}</h2> <span class="caption">{picture.caption}</span>
        </div>
        <PictureTools picture={picture} tools={tools} asTable={null} />
      </div>
      <div class="scroll" role="region" tabIndex={0} aria-label={picture.title}>
        <table class="confusion">
          <thead>
            <tr>
              <td />
              {names.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cells.map((row, i) => (
              <tr key={i}>
                <th scope="row">{i === 0 ? `true ${names[i] ?? ''}` : names[i]}</th>
                {row.map((cell, j) => (
                  <td
                    key={j}
                    class={i === j ? 'diagonal' : ''}
                    title={pairName(names[i] ?? '', names[j] ?? '')}
                    style={{
                      background: `color-mix(in srgb, var(--line-${tintOf(cell)}) ${100 * MOST_TINT * cell.strength}%, var(--page-background))`,
                    }}
                  >
                    {cell.text}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {of === 'difference' && (
        <p class="caption">
          <span class="swatch tint helped" /> distillation helped <span class="swatch tint hurt" /> hurt
        </p>
      )}
      <Segments
        label="Confusion of"
        options={there.map((value) => ({
          value,
          title:
            value === 'difference' ? 'Difference' : titles[value][0]!.toUpperCase() + titles[value].slice(1),
        }))}
        value={of}
        onChange={(confusionOf) => {
          view.change({ confusionOf });
        }}
      />
    </section>
  );
}
