import { Bond, StructureElement, StructureProperties } from 'molstar/lib/mol-model/structure';
import { ShapeGroup } from 'molstar/lib/mol-model/shape';
import { OrderedSet } from 'molstar/lib/mol-data/int';
import type { Representation } from 'molstar/lib/mol-repr/representation';
import { atomText } from '../words';

const { atom, chain, residue } = StructureProperties;

/** What the pointer is on, in words: an atom, a residue where a cartoon stands for it, a mark; nothing elsewhere. */
export function pointedText({ loci, repr }: Representation.Loci, cartoon: Representation.Any): string | null {
  if (ShapeGroup.isLoci(loci)) {
    const group = loci.groups[0];
    return group ? loci.shape.getLabel(OrderedSet.start(group.ids), group.instance) : null;
  }
  const atoms = Bond.isLoci(loci) ? Bond.toFirstStructureElementLoci(loci) : loci;
  const at = StructureElement.Loci.is(atoms) ? StructureElement.Loci.getFirstLocation(atoms) : undefined;
  if (!at) return null;
  return atomText({
    residue: atom.auth_comp_id(at),
    chain: chain.auth_asym_id(at),
    number: `${residue.auth_seq_id(at)}${residue.pdbx_PDB_ins_code(at)}`,
    atom: repr === cartoon ? undefined : atom.auth_atom_id(at),
    occupancy: atom.occupancy(at),
    b: atom.B_iso_or_equiv(at),
  });
}
