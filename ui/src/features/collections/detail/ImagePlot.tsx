import { Button, Select } from '@mantine/core';
import { IconDownload, IconZoomReset } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type uPlot from 'uplot';
import type { CollectionDetail, Quality } from '@/api/types';
import { fixed } from '@/shared/format/numbers';
import { Chart, type Paint } from '@/shared/plots/Chart';
import { indicatorTable, saveCsv, savePng } from '@/shared/plots/export';
import { availableMetrics, chosenMetric, metricLabel, metricText, type Metric } from '@/shared/plots/metrics';
import { medianWidth, runningMedian } from '@/shared/plots/median';
import { bridged } from '@/shared/plots/sparse';
import { Popup } from '@/shared/Popup';
import classes from './ImagePlot.module.css';
import { imagePlotOptions } from './imagePlotOptions';

interface Props {
  collection: CollectionDetail;
  quality: Quality;
  metric: string | undefined;
  /** The lower curve: an indicator, or `none`. */
  second: string | undefined;
  /** The image that is shown below. */
  image: number;
  onMetric: (key: string) => void;
  onSecond: (key: string) => void;
  /** Keep it stable: the plot is made anew when it changes. */
  onImage: (imageNumber: number) => void;
}

const USUAL_SECOND = 'method1Res';
const NO_SECOND = 'none';

/** Indicators by image: choose what is drawn, drag to zoom, point to read, click to see the image. */
export function ImagePlot(props: Props) {
  const { collection, quality, metric, second: secondKey = USUAL_SECOND, image, onMetric, onSecond, onImage } = props;
  const available = useMemo(() => availableMetrics(quality), [quality]);
  const primary = chosenMetric(available, metric);
  const second = available.find(({ key }) => key === secondKey && key !== primary?.key);
  const [pointed, setPointed] = useState<number | null>(null);
  const chart = useRef<uPlot | null>(null);
  const marked = useRef(image);
  useEffect(() => {
    marked.current = image;
    chart.current?.redraw(false);
  }, [image]);

  const drawn = useMemo(() => [primary, second].filter((each) => each !== undefined), [primary, second]);
  const medians = useMedians(quality, drawn);
  const data = useMemo(() => {
    const columns = drawn.map(({ key }) => bridged(quality[key] ?? []));
    const smooth = columns.flatMap((column, index) => {
      const width = medians[index] ?? null;
      return width === null ? [] : [runningMedian(column, width)];
    });
    return [quality.imageNumber, ...columns, ...smooth] as uPlot.AlignedData;
  }, [quality, drawn, medians]);
  // Of a running collection the plot has the width of all that will come.
  const { startImageNumber, numberOfImages, _metadata } = collection;
  const last = _metadata.state === 'running' && numberOfImages ? (startImageNumber ?? 1) + numberOfImages - 1 : null;
  const options = useCallback(
    (paint: Paint) =>
      imagePlotOptions({
        paint,
        primary,
        second,
        medians,
        last,
        marked: () => marked.current,
        onPoint: setPointed,
        onClick: onImage,
      }),
    [primary, second, medians, last, onImage],
  );
  const keepChart = useCallback((made: uPlot | null) => {
    chart.current = made;
  }, []);
  const name = `${collection.imagePrefix ?? 'collection'}_${collection.dataCollectionId}`;
  return (
    <section aria-label="Indicators by image">
      <div className={classes.tools}>
        <MetricSelect
          label="Upper curve"
          series="1"
          metrics={available}
          value={primary?.key ?? null}
          onChange={(key) => key && onMetric(key)}
        />
        <MetricSelect
          label="Lower curve"
          series="2"
          metrics={available.filter(({ key }) => key !== primary?.key)}
          value={second?.key ?? null}
          onChange={(key) => onSecond(key ?? NO_SECOND)}
          clearable
        />
        <div className={classes.actions}>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconZoomReset size={15} />}
            onClick={() => chart.current?.setData(data, true)}
          >
            Whole range
          </Button>
          <Popup label="Save the values or the plot" face={<SaveFace />} faceClass={classes.save} align="end">
            <button type="button" onClick={() => saveCsv(`${name}.csv`, indicatorTable(quality))}>
              Values of every image (CSV)
            </button>
            <button type="button" onClick={() => chart.current && savePng(`${name}.png`, chart.current.ctx.canvas)}>
              Picture of the plot (PNG)
            </button>
          </Popup>
        </div>
      </div>
      <Chart
        options={options}
        data={data}
        height={320}
        label={`${primary?.name ?? 'Indicators'} by image number`}
        onChart={keepChart}
        className={classes.chart}
      />
      <Readout quality={quality} metrics={[primary, second]} collection={collection} pointed={pointed} />
    </section>
  );
}

/** How wide the running medians are; the same list while images arrive and no width changes. */
function useMedians(quality: Quality, drawn: Metric[]): (number | null)[] {
  const widths = drawn.map(({ key }) => medianWidth(quality[key] ?? [])).join();
  return useMemo(
    () => (widths === '' ? [] : widths.split(',').map((width) => (width ? Number(width) : null))),
    [widths],
  );
}

function SaveFace() {
  return (
    <>
      <IconDownload size={15} aria-hidden="true" /> Save
    </>
  );
}

interface SelectProps {
  label: string;
  series: '1' | '2';
  metrics: Metric[];
  value: string | null;
  onChange: (key: string | null) => void;
  clearable?: boolean;
}

function MetricSelect({ label, series, metrics, value, onChange, clearable = false }: SelectProps) {
  return (
    <Select
      aria-label={label}
      size="xs"
      leftSection={<i className={classes.swatch} style={{ background: `var(--series-${series})` }} />}
      placeholder="Nothing"
      data={metrics.map((metric) => ({ value: metric.key, label: metricLabel(metric) }))}
      value={value}
      onChange={onChange}
      clearable={clearable}
      allowDeselect={false}
      className={classes.select}
    />
  );
}

interface ReadoutProps {
  quality: Quality;
  metrics: (Metric | undefined)[];
  collection: CollectionDetail;
  pointed: number | null;
}

function Readout({ quality, metrics, collection, pointed }: ReadoutProps) {
  const number = pointed === null ? undefined : quality.imageNumber[pointed];
  if (pointed === null || number === undefined)
    return <p className={classes.readout}>Point at an image to read it, click to see it, drag to zoom.</p>;
  const { axisStart, axisRange, startImageNumber } = collection;
  const angle =
    typeof axisStart === 'number' && axisRange ? axisStart + (number - (startImageNumber ?? 1)) * axisRange : null;
  return (
    <p className={classes.readout}>
      <b>Image {number}</b>
      {angle !== null && <span>{fixed(angle, 2)}°</span>}
      {metrics.map(
        (metric) =>
          metric && (
            <span key={metric.key}>
              {metric.name} <b>{metricText(metric, quality[metric.key]?.[pointed])}</b>
            </span>
          ),
      )}
    </p>
  );
}
