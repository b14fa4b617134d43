import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { isZoomed } from './zoom';

/** The page's colours at the moment of drawing: a canvas cannot read custom properties by itself. */
export type Paint = (token: `--${string}`) => string;

interface Props {
  /** What to draw; called again when the colours of the page change. Keep it stable between renders. */
  options: (paint: Paint) => Omit<uPlot.Options, 'width' | 'height'>;
  data: uPlot.AlignedData;
  height: number;
  label: string;
  className?: string;
  /** Receives the chart while it exists, for export and zoom. */
  onChart?: (chart: uPlot | null) => void;
}

/** uPlot in React: one chart that follows the width of its place, its data and the theme. */
export function Chart({ options, data, height, label, className, onChart }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latestData = useRef(data);
  const scheme = useComputedColorScheme('light');

  // First the data: a chart that is made anew with other options starts with what they are for.
  useEffect(() => {
    if (latestData.current === data) return;
    latestData.current = data;
    const made = chart.current;
    if (!made) return;
    // Growing data must not undo the reader's zoom.
    const zoomed = isZoomed(made.data[0], made.scales.x ?? {});
    made.setData(data, !zoomed);
    if (zoomed) made.redraw();
  }, [data]);

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const style = getComputedStyle(document.documentElement);
    const paint: Paint = (token) => style.getPropertyValue(token).trim();
    const made = new uPlot(
      { ...options(paint), width: Math.max(element.clientWidth, 40), height },
      latestData.current,
      element,
    );
    chart.current = made;
    onChart?.(made);
    const observer = new ResizeObserver(() => {
      const width = element.clientWidth;
      if (width > 0 && width !== made.width) made.setSize({ width, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.current = null;
      onChart?.(null);
      made.destroy();
    };
  }, [options, height, scheme, onChart]);

  return <div ref={place} className={className} style={{ height }} role="img" aria-label={label} />;
}
