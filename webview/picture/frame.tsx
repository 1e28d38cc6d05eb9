import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useChartKit } from '../chart/kit';
import { useWidth } from '../parts/shared/width';
import { FONT_SIZE, type Picture, cellText } from './picture';
import { PictureTools, usePicture } from './tools';

/** A picture with its title, its table, its exports and its keys (T, E). */
export function PictureFrame(props: {
  picture: Picture;
  /** Between title and picture. */
  children?: ComponentChildren;
  after?: ComponentChildren;
}) {
  const { picture } = props;
  const kit = useChartKit();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 520);
  const tools = usePicture(picture, width);
  const asTable = kit.tables.includes(picture.id);
  const { height, content } = picture.draw(width, kit.palette);
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === 't') kit.toggleTable(picture.id);
    else if (key === 'e') tools.setMenu(true);
    else return;
    event.preventDefault();
  };
  return (
    <figure class="chart picture-frame" data-chart={picture.id}>
      <figcaption>
        <div>
          <h2>{picture.title}</h2> <span class="caption">{picture.caption}</span>
        </div>
        <PictureTools picture={picture} tools={tools} asTable={asTable} />
      </figcaption>
      {props.children}
      <div ref={box}>
        {asTable ? (
          <PictureTableView picture={picture} onKeyDown={keys} />
        ) : (
          <svg
            class="picture"
            width={width}
            height={height}
            font-size={FONT_SIZE}
            role="img"
            tabIndex={0}
            aria-label={`${picture.title}. ${picture.spoken}`}
            onKeyDown={keys}
            onFocus={tools.use}
            onPointerDown={tools.use}
          >
            {content}
          </svg>
        )}
      </div>
      {props.after}
    </figure>
  );
}

const PictureTableView = ({
  picture,
  onKeyDown,
}: {
  picture: Picture;
  onKeyDown: (e: KeyboardEvent) => void;
}) => (
  <div
    class="chart-table"
    role="region"
    tabIndex={0}
    aria-label={`${picture.title}, table`}
    onKeyDown={onKeyDown}
  >
    <table>
      <caption class="unseen">{`${picture.title}, ${picture.caption}`}</caption>
      <thead>
        <tr>
          {picture.table.columns.map((column) => (
            <th key={column.name} scope="col">
              {column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {picture.table.rows.map(([first, ...cells], i) => (
          <tr key={i}>
            <th scope="row">{cellText(first ?? null, picture.table.columns[0]?.format)}</th>
            {cells.map((cell, j) => (
              <td key={j}>{cellText(cell, picture.table.columns[j + 1]?.format)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
