import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconExternalLink, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import classes from './Beside.module.css';

const CollectionView = lazy(async () => ({ default: (await import('./detail/CollectionView')).CollectionView }));

interface Props {
  dataCollectionId: number;
  onClose: () => void;
  onStep: (step: 1 | -1) => void;
}

/** The open collection beside the list, or over it where the screen is narrow; the list keeps its place. */
export function Beside({ dataCollectionId, onClose, onStep }: Props) {
  return (
    <section className={classes.beside} aria-label={`Collection ${dataCollectionId}`} data-testid="collection-beside">
      <Suspense fallback={<PageSkeleton />}>
        <CollectionView
          dataCollectionId={dataCollectionId}
          tools={<Tools dataCollectionId={dataCollectionId} onClose={onClose} onStep={onStep} />}
        />
      </Suspense>
    </section>
  );
}

function Tools({ dataCollectionId, onClose, onStep }: Props) {
  return (
    <div className={classes.tools}>
      <ActionIcon
        title="Next newer (↑)"
        variant="subtle"
        color="gray"
        onClick={() => onStep(-1)}
        aria-label="Next newer collection"
      >
        <IconArrowUp size={17} stroke={1.8} />
      </ActionIcon>
      <ActionIcon
        title="Next older (↓)"
        variant="subtle"
        color="gray"
        onClick={() => onStep(1)}
        aria-label="Next older collection"
      >
        <IconArrowDown size={17} stroke={1.8} />
      </ActionIcon>
      <ActionIcon
        title="Open on its own page"
        variant="subtle"
        color="gray"
        aria-label="Open on its own page"
        renderRoot={(props) => <Link to="/collections/$dataCollectionId" params={{ dataCollectionId }} {...props} />}
      >
        <IconExternalLink size={17} stroke={1.8} />
      </ActionIcon>
      <ActionIcon title="Close (Esc)" variant="subtle" color="gray" onClick={onClose} aria-label="Close the collection">
        <IconX size={18} stroke={1.8} />
      </ActionIcon>
    </div>
  );
}
