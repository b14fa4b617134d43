import { useQuery } from '@tanstack/react-query';
import type { CollectionDetail, GridInfo, Quality } from '@/api/types';
import { groupQuery } from '../queries';
import { cellOf, GridPanel } from './GridPanel';
import { gridsOf } from './GridViews';
import type { ScanOrder } from './order';
import { OtherViews } from './OtherViews';
import { useLinkedViews } from './useLinkedViews';

interface Props {
  collection: CollectionDetail;
  grid: GridInfo;
  order: ScanOrder;
  quality: Quality;
  metric: string | undefined;
  image: number | undefined;
  onMetric: (key: string) => void;
  onImage: (imageNumber: number) => void;
}

/** A grid scan with the other views of the same crystal: what is pointed at in one is shown in all. */
export function GridScan(props: Props) {
  const { collection, order, metric, image } = props;
  const { dataCollectionId, dataCollectionGroupId } = collection;
  const many = collection._metadata.siblings.length > 1;
  const { data: group } = useQuery({ ...groupQuery(dataCollectionGroupId), enabled: many });
  const others = gridsOf(group?.map((member) => member.Item) ?? []).filter(
    (each) => each.dataCollectionId !== dataCollectionId,
  );
  const cell = cellOf(image, collection, order);
  const { onPoint, bandOf } = useLinkedViews([collection, ...others], cell && { dataCollectionId, cell });
  return (
    <GridPanel
      {...props}
      band={bandOf(dataCollectionId)}
      onPoint={(at) => onPoint(dataCollectionId, at)}
      beside={others.length > 0 && <OtherViews views={others} metric={metric} onPoint={onPoint} bandOf={bandOf} />}
    />
  );
}
