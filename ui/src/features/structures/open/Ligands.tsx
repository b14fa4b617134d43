import { Link } from '@tanstack/react-router';
import { Section } from '@/shared/opened/Opened';
import type { Place } from '../places';
import classes from './StructureView.module.css';

/** The ligands of a model; a click looks there. */
export function Ligands({ ligands, at }: { ligands: Place[]; at: Place | undefined }) {
  if (ligands.length === 0) return null;
  return (
    <Section title="Ligands">
      <ul className={classes.ligands}>
        {ligands.map((place) => (
          <li key={place.ligand} data-chosen={place === at} data-testid="ligand">
            <Link
              to="."
              search={(was: object) => ({ ...was, blob: undefined, ligand: place.ligand })}
              aria-current={place === at || undefined}
              resetScroll={false}
              replace
            >
              {place.name}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
