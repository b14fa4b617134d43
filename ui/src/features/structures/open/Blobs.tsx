import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { API } from '@/api/client';
import type { StructureDetail } from '@/api/types';
import { fixed } from '@/shared/format/numbers';
import { Lightbox, LightboxButton } from '@/shared/states/Lightbox';
import { Section } from '@/shared/opened/Opened';
import { nearText } from '../words';
import classes from './StructureView.module.css';

/** What the model does not explain, the highest first; a click looks there. */
export function Blobs({ structure: { blobs, kind } }: { structure: StructureDetail }) {
  const { blob: chosen } = useSearch({ strict: false });
  const [pictures, setPictures] = useState<{ of: number; at: number } | null>(null);
  if (blobs.length === 0) return null;
  const shown = blobs.find(({ number }) => number === pictures?.of);
  return (
    <Section title={kind === 'phasing' ? 'Sites' : 'Blobs'}>
      <ul>
        {blobs.map((blob) => (
          <li key={blob.number} className={classes.blob} data-chosen={blob.number === chosen} data-testid="blob">
            <Link
              to="."
              search={(was: object) => ({ ...was, blob: blob.number, ligand: undefined })}
              resetScroll={false}
              replace
            >
              {blob.number}
            </Link>
            <b>{blob.height === null ? '' : `${fixed(blob.height, 1)} σ`}</b>
            <span>{nearText(blob)}</span>
            <small title="x, y, z in the frame of the model">
              {[blob.x, blob.y, blob.z].map((at) => (at === null ? '–' : fixed(at, 1))).join('  ')} Å
            </small>
            {blob.views.length > 0 && (
              <LightboxButton count={blob.views.length} onClick={() => setPictures({ of: blob.number, at: 0 })} />
            )}
          </li>
        ))}
      </ul>
      <Lightbox
        title={`Blob ${pictures?.of ?? ''}`}
        pictures={(shown?.views ?? []).map((view, index) => ({ src: `${API}${view}`, alt: `side ${index + 1}` }))}
        at={pictures?.at ?? null}
        onMove={(at) => setPictures(at === null || !pictures ? null : { of: pictures.of, at })}
      />
    </Section>
  );
}
