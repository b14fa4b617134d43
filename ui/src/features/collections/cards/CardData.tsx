import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CollectionEvent, DataCollection, Quality } from '@/api/types';
import { Sparkline } from '@/shared/plots/Sparkline';
import { count } from '@/shared/format/numbers';
import { gridOf, scanOrder } from '../grid/grid';
import { GridViews } from '../grid/GridViews';
import { qualityQuery } from '../queries';
import classes from './CardData.module.css';

const HEIGHT = 100;
/** Cards passed while scrolling fast ask for nothing. */
const SETTLE = 180;

/** What came out, small: the heat maps of a grid, or the indicators by image. */
export function CardData({ event }: { event: CollectionEvent }) {
  const settled = useSettled(SETTLE);
  if (!settled) return <Skeleton height={HEIGHT} radius="sm" />;
  if (scanOrder(gridOf(event.Item))) return <GridViews event={event} />;
  return <ByImage collection={event.Item} />;
}

function ByImage({ collection }: { collection: DataCollection }) {
  const { data: quality, isError } = useQuery(qualityQuery(collection.dataCollectionId));
  if (isError) return <p className={classes.none}>The indicators could not be read</p>;
  if (!quality) return <Skeleton height={HEIGHT} radius="sm" />;
  if (quality.imageNumber.length === 0) return <p className={classes.none}>{noIndicators(collection)}</p>;
  return <Sparkline quality={quality} height={HEIGHT} note={progress(collection, quality)} />;
}

/** How many images of a running collection have arrived. */
function progress({ numberOfImages, _metadata: { state } }: DataCollection, quality: Quality): string | undefined {
  const arrived = quality.imageNumber.length;
  if (state !== 'running' || !numberOfImages || arrived >= numberOfImages) return undefined;
  return `${count(arrived)} of ${count(numberOfImages)}`;
}

function noIndicators(collection: DataCollection): string {
  return collection._metadata.state === 'running' ? 'Waiting for the first image' : 'No indicators by image';
}

function useSettled(ms: number): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return settled;
}
