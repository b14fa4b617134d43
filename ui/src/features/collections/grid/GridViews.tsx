import { useQuery } from '@tanstack/react-query';
import type { CollectionEvent, DataCollection } from '@/api/types';
import { groupQuery } from '../queries';
import { centreOn, latest } from './centre';
import { centringsQuery } from './centrings';
import { gridOf, scanOrder } from './grid';
import { GridThumb } from './GridThumb';
import classes from './GridViews.module.css';
import { useCommonScale } from './useCommonScale';
import { useLinkedViews } from './useLinkedViews';

const MOST = 3;

/** The grid scans of a group, side by side and linked: a crystal is often scanned once more after a quarter turn. */
export function GridViews({ event }: { event: CollectionEvent }) {
  const { data: group } = useQuery({ ...groupQuery(event.Item.dataCollectionGroupId), enabled: event.count > 1 });
  const views = gridsOf(group?.map((member) => member.Item) ?? [event.Item]).slice(0, MOST);
  const { onPoint, bandOf } = useLinkedViews(views);
  const scale = useCommonScale(views);
  const { data: centrings } = useQuery(centringsQuery(event.Item.dataCollectionGroupId));
  const found = latest(centrings ?? []);
  return (
    <div className={classes.views}>
      {views.map((collection) => (
        <GridThumb
          key={collection.dataCollectionId}
          collection={collection}
          angle={views.length > 1}
          scale={scale}
          centre={found?.crystal ? centreOn(collection, views, found.crystal) : null}
          band={bandOf(collection.dataCollectionId)}
          onPoint={onPoint}
        />
      ))}
    </div>
  );
}

/** The grid scans among some collections, the one with most boxes first. */
export function gridsOf(collections: DataCollection[]): DataCollection[] {
  return collections.filter((each) => boxes(each) > 0).sort((a, b) => boxes(b) - boxes(a));
}

function boxes(collection: DataCollection): number {
  const order = scanOrder(gridOf(collection));
  return order ? order.columns * order.rows : 0;
}
