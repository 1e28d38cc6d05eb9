import type { CanvasHTMLAttributes, RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { CanvasChart, type View } from './canvas';
import type { ChartModel } from './model';

/** A canvas whose chart lives as long as it does and is drawn once for each rendering. */
export function ChartCanvas({
  model,
  view,
  drawing,
  ...attributes
}: { model: ChartModel; view: View; drawing: RefObject<CanvasChart | null> } & CanvasHTMLAttributes) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (!canvas.current) return;
    const chart = new CanvasChart(canvas.current);
    drawing.current = chart;
    return () => {
      chart.destroy();
      drawing.current = null;
    };
  }, []);
  useLayoutEffect(() => {
    drawing.current?.draw(model, view);
  });
  return <canvas ref={canvas} {...attributes} />;
}
