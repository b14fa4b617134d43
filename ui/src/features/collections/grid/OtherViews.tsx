import { Link } from '@tanstack/react-router';
import type { DataCollection } from '@/api/types';
import type { Centre } from './centre';
import { GridThumb } from './GridThumb';
import classes from './OtherViews.module.css';
import type { CommonScale } from './useCommonScale';
import type { LinkedViews } from './useLinkedViews';

interface Props extends LinkedViews {
  views: DataCollection[];
  metric: string | undefined;
  scale: CommonScale;
  centreOf: (view: DataCollection) => Centre | null;
}

/** The other grid scans of the same group; each leads to its own collection. */
export function OtherViews({ views, metric, scale, centreOf, onPoint, bandOf }: Props) {
  return (
    <section className={classes.others}>
      <h2>{views.length === 1 ? 'The other view' : 'Other views'} of this crystal</h2>
      {views.map((view) => (
        <Link
          key={view.dataCollectionId}
          to="."
          params={(was) => ({ ...was, dataCollectionId: view.dataCollectionId })}
          search={(was) => ({ ...was, image: undefined })}
          className={classes.other}
          aria-label={`Grid scan ${view.dataCollectionId}`}
        >
          <GridThumb
            collection={view}
            angle
            stacked
            metric={metric}
            scale={scale}
            centre={centreOf(view)}
            band={bandOf(view.dataCollectionId)}
            onPoint={onPoint}
          />
        </Link>
      ))}
    </section>
  );
}
