import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PageMessage } from '../../src/messages';
import type { Palette } from '../theme';
import type { Exporter } from './export';

/** What every chart of a page shares; the application provides it. */
export interface ChartKit {
  palette: Palette;
  zoom: Record<string, [number, number]>;
  setZoom: (id: string, range: [number, number] | null) => void;
  tables: string[];
  toggleTable: (id: string) => void;
  /** The chart or picture used last, which the palette's command exports. */
  use: (exporter: Exporter) => void;
  post: (message: PageMessage) => void;
}

export const KitContext = createContext<ChartKit | null>(null);

export function useChartKit(): ChartKit {
  const kit = useContext(KitContext);
  if (!kit) throw new Error('A chart is rendered outside the application.');
  return kit;
}
