import { addSphere } from 'molstar/lib/mol-geo/geometry/mesh/builder/sphere';
import { Mesh } from 'molstar/lib/mol-geo/geometry/mesh/mesh';
import { MeshBuilder } from 'molstar/lib/mol-geo/geometry/mesh/mesh-builder';
import { Vec3 } from 'molstar/lib/mol-math/linear-algebra';
import { Shape } from 'molstar/lib/mol-model/shape';
import { ShapeRepresentation } from 'molstar/lib/mol-repr/shape/representation';
import { Color } from 'molstar/lib/mol-util/color';
import { ParamDefinition } from 'molstar/lib/mol-util/param-definition';
import type { Place } from '../places';
import type { Scene } from './scene';

/** Radius of a mark [Å]. */
const RADIUS = 0.9;
const COLOUR = Color(0x2fa84f);

/** Draws where something is that the model has not: a pale ball each. */
export async function drawMarks(scene: Scene, places: Place[]): Promise<void> {
  const built = MeshBuilder.createState();
  places.forEach(({ at }, group) => {
    built.currentGroup = group;
    addSphere(built, Vec3.create(...at), RADIUS, 2);
  });
  const shape = Shape.create(
    'Marks',
    places,
    MeshBuilder.getMesh(built),
    () => COLOUR,
    () => 1,
    (group) => places[group]?.name ?? '',
  );
  const drawn = ShapeRepresentation(() => shape, Mesh.Utils);
  await drawn.createOrUpdate({ ...ParamDefinition.getDefaultValues(Mesh.Params), alpha: 0.35 }, places).run();
  scene.add(drawn);
}
