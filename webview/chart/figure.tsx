import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ChartFormat } from '../../src/messages';
import { IconButton } from '../parts/shared/icon';
import { Menu } from '../parts/shared/menu';
import { unproject } from './axis';
import type { CanvasChart } from './canvas';
import { ChartCanvas } from './chartCanvas';
import { type ExportableChart, exportMessage } from './export';
import { useChartKit } from './kit';
import { X_HEIGHT } from './layout';
import { type ChartModel, valueAt } from './model';
import { ChartTable } from './table';
import { cursorAfter, nearest, stops, zoomed } from './steering';

const FORMATS: { format: ChartFormat; title: string }[] = [
  { format: 'png', title: 'PNG picture' },
  { format: 'svg', title: 'SVG picture' },
  { format: 'csv', title: 'CSV data' },
];

export interface FigureProps {
  model: ChartModel;
  cursor: number | null;
  /** Null where the chart has no cursor. `hover` lasts while the pointer is there, `keep` stays. */
  onCursor: ((x: number | null, how: 'hover' | 'keep') => void) | null;
  /** Tall for the chart that a page is about. */
  size: 'large' | 'small' | 'bars';
  /** Between title and chart. */
  children?: preact.ComponentChildren;
}

/** A chart with its title, its table, its exports, its keys and its pointer. */
export function Figure({ model: given, cursor, onCursor, size, children }: FigureProps) {
  const kit = useChartKit();
  const drawing = useRef<CanvasChart | null>(null);
  const hold = useRef<{ key: string; min: number; max: number } | null>(null);
  const press = useRef<{ y: number } | null>(null);
  const [band, setBand] = useState<[number, number] | null>(null);
  const [menu, setMenu] = useState(false);
  const [announced, setAnnounced] = useState('');
  const asTable = kit.tables.includes(given.id);
  const zoom = kit.zoom[given.id];

  // The scale does not move away from under the pointer.
  const key = `${given.id} ${given.y.scale}`;
  const held = hold.current?.key === key ? hold.current : null;
  const [min, max] = zoom ?? [held?.min ?? given.y.min, held?.max ?? given.y.max];
  const model: ChartModel =
    min === given.y.min && max === given.y.max ? given : { ...given, y: { ...given.y, min, max } };

  const exportable = (): ExportableChart => {
    const { width, height } = drawing.current?.size ?? { width: 640, height: 320 };
    const area = drawing.current?.area ?? {
      left: 48,
      right: width - 120,
      top: 14,
      bottom: height - X_HEIGHT,
    };
    return {
      model,
      picture: { width, height, area, cursor },
      palette: kit.palette,
      canvas: drawing.current?.canvas ?? null,
    };
  };
  const exportAs = (format: ChartFormat) => {
    const message = exportMessage(exportable(), format);
    if (message) kit.post(message);
  };
  // A reference, so that a later export uses the chart as it is then.
  const newest = useRef(exportable);
  newest.current = exportable;
  const use = () => {
    kit.use((format) => Promise.resolve(exportMessage(newest.current(), format)));
  };
  // The chart at the top is the one to export until another is used.
  useEffect(() => {
    if (size !== 'small') use();
  }, []);

  const xs = useMemo(() => stops(model), [model]);
  const said = (at: number | null) =>
    at === null
      ? 'No cursor.'
      : [
          `${model.x.name} ${model.x.format(at)}`,
          ...model.series
            .filter((s) => s.rank === 'main')
            .flatMap((s) => {
              const value = valueAt(s, at);
              return value === null ? [] : [`${s.name} ${model.y.format(value)}`];
            }),
        ].join(', ');

  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moved = onCursor && !asTable ? cursorAfter(event.key, event.shiftKey, cursor, xs) : undefined;
    if (moved !== undefined) {
      onCursor?.(moved, 'keep');
      setAnnounced(said(moved));
    } else if (event.key === '+' || event.key === '=' || event.key === '-') {
      kit.setZoom(model.id, zoomed(model.y, event.key === '-' ? 1.25 : 0.8, anchor(model)));
    } else if (event.key === '0') kit.setZoom(model.id, null);
    else if (event.key.toLowerCase() === 't') kit.toggleTable(model.id);
    else if (event.key.toLowerCase() === 'e') setMenu(true);
    else if (event.key === 'Escape') {
      onCursor?.(null, 'keep');
      (event.currentTarget as HTMLElement).blur();
    } else return;
    event.preventDefault();
    use();
  };

  const pointer = {
    onPointerEnter: () => {
      hold.current = { key, min: model.y.min, max: model.y.max };
    },
    onPointerMove: (event: PointerEvent) => {
      const area = drawing.current?.area;
      if (!area) return;
      if (press.current && Math.abs(event.offsetY - press.current.y) > 6) {
        const inside = (y: number) => Math.min(area.bottom, Math.max(area.top, y));
        setBand([inside(press.current.y), inside(event.offsetY)]);
      } else onCursor?.(nearest(xs, unproject(model.x, area.left, area.right)(event.offsetX)), 'hover');
    },
    onPointerLeave: () => {
      hold.current = null;
      press.current = null;
      setBand(null);
      onCursor?.(null, 'hover');
    },
    onPointerDown: (event: PointerEvent) => {
      if (event.button === 0) press.current = { y: event.offsetY };
      use();
    },
    onPointerUp: (event: PointerEvent) => {
      const area = drawing.current?.area;
      if (!area || !press.current) return;
      press.current = null;
      if (band) {
        const value = unproject(model.y, area.bottom, area.top);
        if (Math.abs(band[0] - band[1]) > 6)
          kit.setZoom(model.id, [value(Math.max(...band)), value(Math.min(...band))]);
        setBand(null);
      } else onCursor?.(nearest(xs, unproject(model.x, area.left, area.right)(event.offsetX)), 'keep');
    },
    onDblClick: () => {
      kit.setZoom(model.id, null);
    },
  };

  return (
    <figure class={`chart ${size}`} data-chart={model.id}>
      <figcaption>
        <div>
          <h2>{model.title}</h2> <span class="caption">{model.caption}</span>
        </div>
        {zoom && (
          <button
            type="button"
            class="link"
            onClick={() => {
              kit.setZoom(model.id, null);
            }}
          >
            reset zoom
          </button>
        )}
        {model.empty === null && (
          <span class="tools">
            <IconButton
              icon="table"
              label={`${model.title} as a table`}
              pressed={asTable}
              onClick={() => {
                kit.toggleTable(model.id);
              }}
            />
            <Menu
              icon="export"
              label={`Export ${model.title}`}
              open={menu}
              onOpen={setMenu}
              items={FORMATS.filter(({ format }) => format !== 'png' || !asTable).map(
                ({ format, title }) => ({
                  title,
                  run: () => {
                    exportAs(format);
                  },
                }),
              )}
            />
          </span>
        )}
      </figcaption>
      {children}
      {model.empty !== null ? (
        <p class="empty">{model.empty}</p>
      ) : asTable ? (
        <ChartTable model={model} onKeyDown={keys} />
      ) : (
        <div class="canvas-box">
          <ChartCanvas
            model={model}
            view={{ palette: kit.palette, cursor, band }}
            drawing={drawing}
            role="img"
            tabIndex={0}
            aria-label={`${model.title}. ${model.spoken}`}
            onKeyDown={keys}
            onFocus={use}
            {...pointer}
          />
        </div>
      )}
      <span class="unseen" role="status">
        {announced}
      </span>
    </figure>
  );
}

/** What a zoom by key keeps in place: the newest value of the first line. */
function anchor(model: ChartModel): number {
  const first = model.series.find((s) => s.rank === 'main');
  const y = first?.y.findLast((value) => value !== null);
  return y ?? model.y.min;
}
