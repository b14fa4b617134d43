import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { StructureDetail } from '@/api/types';
import { summaryQuery } from '../queries';
import type { MapKind } from '../viewer/density';

const DensityViewer = lazy(() => import('../viewer/DensityViewer'));
const SHOWN: MapKind[] = ['2fofc', 'fofc', 'anomalous'];

/** The first model of a structure in the maps of its first reflections; nothing where there is neither. */
export function Inside({ structure }: { structure: StructureDetail }) {
  const { blob } = useSearch({ strict: false });
  const navigate = useNavigate();
  const written = structure.files.filter(({ fileType }) => fileType !== 'Input');
  const model = written.find(({ content }) => content === 'model');
  const reflections = written.find(({ content }) => content === 'reflections');
  const summary = useQuery({
    ...summaryQuery(structure.structureId, reflections?.file ?? ''),
    enabled: reflections !== undefined,
  });
  if (!model && !reflections) return null;
  if (reflections && summary.isPending) return <Skeleton height={460} radius="sm" my={10} />;
  const has = summary.data?.content === 'reflections' ? summary.data.maps : [];
  const maps = SHOWN.filter((kind) => has.includes(kind));
  if (!model && maps.length === 0) return null;
  return (
    <Suspense fallback={<Skeleton height={460} radius="sm" my={10} />}>
      <DensityViewer
        model={model?.url}
        reflections={reflections?.url}
        maps={maps}
        blobs={structure.blobs}
        noun={structure.kind === 'phasing' ? 'Site' : 'Blob'}
        blob={blob}
        onBlob={(number) =>
          void navigate({
            to: '.',
            search: (was: object) => ({ ...was, blob: number }),
            replace: true,
            resetScroll: false,
          })
        }
      />
    </Suspense>
  );
}
