import { CIF } from 'molstar/lib/mol-io/reader/cif';
import { trajectoryFromMmCIF } from 'molstar/lib/mol-model-formats/structure/mmcif';
import {
  Queries,
  Structure,
  StructureElement,
  StructureProperties,
  StructureQuery,
  StructureSelection,
} from 'molstar/lib/mol-model/structure';
import { StructureUniqueSubsetBuilder } from 'molstar/lib/mol-model/structure/structure/util/unique-subset-builder';
import type { Representation } from 'molstar/lib/mol-repr/representation';
import type { StructureRepresentationProvider } from 'molstar/lib/mol-repr/structure/representation';
import { BallAndStickRepresentationProvider } from 'molstar/lib/mol-repr/structure/representation/ball-and-stick';
import { CartoonRepresentationProvider } from 'molstar/lib/mol-repr/structure/representation/cartoon';
import { SyncRuntimeContext } from 'molstar/lib/mol-task/execution/synchronous';
import { Theme } from 'molstar/lib/mol-theme/theme';
import { Color } from 'molstar/lib/mol-util/color';
import type { ParamDefinition as PD } from 'molstar/lib/mol-util/param-definition';
import type { Point } from '../places';
import type { Contents } from '../words';
import type { Scene } from './scene';

/** Residues of chains that reach so near to a place are drawn with their atoms [Å]. */
const NEAR = 6;

/** Of chains, one after the other: none is one of those that density is drawn in. */
const CHAINS = [0xd9a441, 0x8d7bd0, 0x4aa5b5, 0xcf7fa0, 0x9da34a, 0x7f93b5, 0xc08a66, 0xa9a9a9].map((hex) =>
  Color(hex),
);
const BY_CHAIN = { palette: { name: 'colors', params: { list: { kind: 'set', colors: CHAINS } } } };

export interface Molecule {
  /** All chains, and their drawing. */
  chains: Structure;
  cartoon: Representation.Any;
  contents: Contents;
}

/** Draws a model: chains as cartoons, ligands as balls and sticks, waters small. Raises what is wrong with the file. */
export async function drawModel(scene: Scene, mmcif: string): Promise<Molecule> {
  const parsed = await CIF.parseText(mmcif).run();
  if (parsed.isError) throw new Error(parsed.message);
  const block = parsed.result.blocks[0];
  if (!block) throw new Error('There is no model in the file.');
  const trajectory = await trajectoryFromMmCIF(block).run();
  const whole = Structure.ofModel(trajectory.representative);
  const chains = part(whole, (type) => type === 'polymer');
  const waters = part(whole, (type) => type === 'water');
  const ligands = part(whole, (type) => type !== 'polymer' && type !== 'water');
  const cartoon = await made(scene, CartoonRepresentationProvider, chains, { name: 'chain-id', params: BY_CHAIN });
  scene.add(cartoon);
  await drawAtoms(scene, ligands, 'element-symbol', { sizeFactor: 0.22 });
  await drawAtoms(scene, waters, 'element-symbol', { sizeFactor: 0.1, alpha: 0.7 });
  const at = StructureElement.Location.create(chains);
  const names = chains.units.map((unit) =>
    StructureProperties.chain.auth_asym_id(StructureElement.Location.set(at, chains, unit, unit.elements[0])),
  );
  return {
    chains,
    cartoon,
    contents: {
      chains: new Set(names).size,
      residues: chains.polymerResidueCount,
      ligands: ligands.atomicResidueCount,
      waters: waters.atomicResidueCount,
    },
  };
}

/** Draws the residues of chains around a place with their atoms. */
export function drawNear(scene: Scene, { chains }: Molecule, [x, y, z]: Point) {
  const found = new StructureUniqueSubsetBuilder(chains);
  chains.lookup3d.findIntoBuilder(x, y, z, NEAR, found);
  const atoms = StructureElement.Loci.remap(Structure.toStructureElementLoci(found.getStructure()), chains);
  const residues = StructureElement.Loci.toStructure(StructureElement.Loci.extendToWholeResidues(atoms));
  return drawAtoms(scene, residues, 'chain-id', { sizeFactor: 0.14 });
}

function part(structure: Structure, wanted: (type: string) => boolean): Structure {
  const atoms = Queries.generators.atoms({
    entityTest: ({ element }) => wanted(StructureProperties.entity.type(element)),
  });
  return StructureSelection.unionStructure(StructureQuery.run(atoms, structure));
}

async function made<P extends PD.Params>(
  scene: Scene,
  kind: StructureRepresentationProvider<P>,
  structure: Structure,
  colorTheme: { name: string; params: object },
  props: Partial<PD.Values<P>> = {},
) {
  await kind.ensureCustomProperties?.attach({ runtime: SyncRuntimeContext, assetManager: scene.assets }, structure);
  const drawn = kind.factory(scene.themes, kind.getParams);
  const theme = Theme.create(scene.themes, { structure }, { colorTheme, sizeTheme: kind.defaultSizeTheme });
  drawn.setTheme(theme);
  await drawn.createOrUpdate({ ...kind.defaultValues, ...props }, structure).run();
  return drawn;
}

/** Atoms as balls, bonds as sticks; carbons grey or in the colour of their chain. */
async function drawAtoms(
  scene: Scene,
  structure: Structure,
  carbons: 'element-symbol' | 'chain-id',
  props: { sizeFactor: number; alpha?: number },
) {
  const params = { carbonColor: { name: carbons, params: BY_CHAIN } };
  const theme = { name: 'element-symbol', params };
  const drawn = await made(scene, BallAndStickRepresentationProvider, structure, theme, props);
  scene.add(drawn);
  return drawn;
}
