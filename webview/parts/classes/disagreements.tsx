import { useRef, useState } from 'preact/hooks';
import type { Classes } from '../../../src/messages';
import { percent } from '../../../src/results/format';
import { PictureTools, usePicture } from '../../picture/tools';
import { Drawing } from '../shared/examples';
import { Icon } from '../shared/icon';
import { pixelsOf } from '../shared/pixels';
import { useWidth } from '../shared/width';
import { answersOf, disagreementsPicture } from './disagreementsPicture';

const AT_FIRST = 12;

/** What one of the two students sees and the other does not: inputs, labels, and how sure each is. */
export function Disagreements(props: { experiment: string; classes: Classes; names: readonly string[] }) {
  const { classes, names } = props;
  const { disagreements, pictures } = classes;
  const box = useRef<HTMLElement>(null);
  const width = useWidth(box, 640);
  const [all, setAll] = useState(false);
  const found = disagreements?.shown ?? [];
  const shown = all ? found : found.slice(0, AT_FIRST);
  const picture = disagreementsPicture(props.experiment, classes, shown, names);
  const tools = usePicture(picture, width);
  const name = (index: number) => names[index] ?? String(index);
  const { distilledRight, scratchRight, neither } = disagreements!.counts;
  return (
    <section ref={box} onPointerDown={tools.use} onFocusIn={tools.use}>
      <div class="row head">
        <div>
          <h2>{picture.title}</h2> <span class="caption">{picture.caption}</span>
        </div>
        {found.length > 0 && <PictureTools picture={picture} tools={tools} asTable={null} />}
      </div>
      <p class="caption">
        Distilled right {distilledRight} · scratch right {scratchRight} · neither {neither}
      </p>
      <ul class="disagreements">
        {shown.map((one, i) => {
          const input = pictures && { shape: pictures.shape, input: pictures.inputs[i] ?? [] };
          return (
            <li key={one.example}>
              {input && pixelsOf(input) && (
                <Drawing probe={input} size={64} title={`Example ${one.example}`} />
              )}
              <div>
                true <b>{name(one.label)}</b>
                {!input && <span class="aside"> example {one.example}</span>}
              </div>
              {answersOf(one).map(([who, answer]) => {
                const right = answer.class === one.label;
                return (
                  <div key={who} class="answer">
                    <Icon name={right ? 'check' : 'close'} tone={right ? 'good' : 'bad'} />
                    <span class="unseen">{right ? 'right: ' : 'wrong: '}</span> {who} {name(answer.class)}{' '}
                    {percent(answer.probability)}
                  </div>
                );
              })}
            </li>
          );
        })}
      </ul>
      {found.length > shown.length && (
        <button
          type="button"
          class="link"
          onClick={() => {
            setAll(true);
          }}
        >
          Show {found.length}
        </button>
      )}
    </section>
  );
}
