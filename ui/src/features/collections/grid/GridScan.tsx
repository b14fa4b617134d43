import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CollectionDetail, GridInfo, Quality } from '@/api/types';
import { groupQuery } from '../queries';
import { centreOn, latest } from './centre';
import { CentreLine } from './CentreLine';
import { centringsQuery } from './centrings';
import { cellOf, GridPanel } from './GridPanel';
import { gridsOf } from './GridViews';
import type { Scanned } from './linked';
import type { ScanOrder } from './order';
import { OtherViews } from './OtherViews';
import { useCommonScale } from './useCommonScale';
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
  diffraction: ReactNode;
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
  const { data: centrings } = useQuery(centringsQuery(dataCollectionGroupId));
  const cell = cellOf(image, collection, order);
  const { onPoint, bandOf } = useLinkedViews([collection, ...others], cell && { dataCollectionId, cell });
  const found = latest(centrings ?? []);
  const views = [collection, ...others];
  const scale = useCommonScale(views);
  const centreOf = (view: Scanned) => (found?.crystal ? centreOn(view, views, found.crystal) : null);
  return (
    <GridPanel
      {...props}
      scale={scale}
      centre={centreOf(collection)}
      centreLine={found && <CentreLine centring={found.centring} crystal={found.crystal} views={views} />}
      band={bandOf(dataCollectionId)}
      onPoint={(at) => onPoint(dataCollectionId, at)}
      otherViews={
        others.length > 0 && (
          <OtherViews
            views={others}
            metric={metric}
            scale={scale}
            centreOf={centreOf}
            onPoint={onPoint}
            bandOf={bandOf}
          />
        )
      }
    />
  );
}
