import { ActionIcon, SegmentedControl, Skeleton } from '@mantine/core';
import { useFullscreenElement } from '@mantine/hooks';
import { IconMaximize, IconMinimize } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { StructureDetail } from '@/api/types';
import { blobPlaces, chosen, ligandPlaces } from '../places';
import { summaryQuery } from '../queries';
import type { MapKind } from '../viewer/maps';
import classes from '../viewer/Viewer.module.css';
import { Ligands } from './Ligands';

const VIEWERS = {
  density: lazy(() => import('../viewer/DensityViewer')),
  model: lazy(() => import('../viewer/ModelViewer')),
};
const SHOWN: MapKind[] = ['2fofc', 'fofc', 'anomalous'];

/** The first model of a structure and the maps of its first reflections; nothing where there is neither. */
export function Inside({ structure }: { structure: StructureDetail }) {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const { ref, toggle, fullscreen } = useFullscreenElement<HTMLDivElement>();
  const phasing = structure.kind === 'phasing';
  const written = structure.files.filter(({ fileType }) => fileType !== 'Input');
  const model = written.find(({ content }) => content === 'model');
  const reflections = written.find(({ content }) => content === 'reflections');
  const ofReflections = useQuery({
    ...summaryQuery(structure.structureId, reflections?.file ?? ''),
    enabled: reflections !== undefined,
  });
  // The model of a phasing run is its sites, which are listed already.
  const ofModel = useQuery({
    ...summaryQuery(structure.structureId, model?.file ?? ''),
    enabled: model !== undefined && !phasing,
  });
  if (!model && !reflections) return null;
  if (reflections && ofReflections.isPending) return <Skeleton height={460} radius="sm" my={10} />;
  const has = ofReflections.data?.content === 'reflections' ? ofReflections.data.maps : [];
  const maps = SHOWN.filter((kind) => has.includes(kind));
  if (!model && maps.length === 0) return null;

  const noun = phasing ? 'Site' : 'Blob';
  const blobs = blobPlaces(structure.blobs, noun);
  const ligands = ligandPlaces(ofModel.data);
  const places = [...blobs, ...ligands];
  const at = chosen(places, search);
  const viewer = model ? (search.viewer ?? (maps.length > 0 ? 'density' : 'model')) : 'density';
  const Viewer = VIEWERS[viewer];
  const go = (to: object) =>
    void navigate({ to: '.', search: (was: object) => ({ ...was, ...to }), replace: true, resetScroll: false });
  return (
    <>
      <div className={classes.frame} ref={ref}>
        <div className={classes.bar}>
          {model && (
            <SegmentedControl
              aria-label="Viewer"
              size="xs"
              data={[
                { value: 'density', label: maps.length > 0 ? 'Density' : 'Atoms' },
                { value: 'model', label: 'Model' },
              ]}
              value={viewer}
              onChange={(value) => go({ viewer: value })}
            />
          )}
          {document.fullscreenEnabled && (
            <ActionIcon
              className={classes.full}
              variant="default"
              aria-label={fullscreen ? 'Back to the page' : 'Full size'}
              title={fullscreen ? 'Back to the page' : 'Full size'}
              onClick={() => void toggle()}
            >
              {fullscreen ? <IconMinimize size={16} /> : <IconMaximize size={16} />}
            </ActionIcon>
          )}
        </div>
        <Suspense fallback={<Skeleton height={460} radius="sm" />}>
          <Viewer
            name={model?.fileName.replace(/\.\w+$/, '') ?? ''}
            model={model?.url}
            reflections={reflections?.url}
            maps={maps}
            places={places}
            label={[blobs.length > 0 && `${noun}s`, ligands.length > 0 && 'Ligands'].filter(Boolean).join(', ')}
            at={at}
            onGo={(place) => go({ blob: place?.blob, ligand: place?.ligand })}
          />
        </Suspense>
      </div>
      <Ligands ligands={ligands} at={at} />
    </>
  );
}
