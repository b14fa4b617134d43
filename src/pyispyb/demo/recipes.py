"""What the simulated facility's cluster takes requests for, named as several facilities name it."""

from ..reprocessing.recipes import Recipe, RecipeParameter

_RESOLUTION = RecipeParameter(
    parameterKey="d_min",
    title="High resolution limit",
    kind="number",
    unit="Å",
    minimum=0.3,
    maximum=50,
    hint="Reflections beyond it are left out",
)
_SPACE_GROUP = RecipeParameter(
    parameterKey="spacegroup", title="Space group", hint="Left to the pipeline when empty; as in P 43 21 2"
)
_CELL = RecipeParameter(
    parameterKey="unit_cell", title="Unit cell", kind="cell", unit="Å, °", hint="Indexing is held to it"
)
_ANOMALOUS = RecipeParameter(
    parameterKey="anomalous", title="Keep anomalous pairs apart", kind="flag", hint="For phasing by SAD or MAD"
)
_COMMON = [_RESOLUTION, _SPACE_GROUP, _CELL, _ANOMALOUS]

RECIPES = [
    Recipe(
        recipe="autoprocessing-autoPROC",
        title="autoPROC",
        description="XDS with anisotropy analysis by STARANISO.",
        parameters=_COMMON,
    ),
    Recipe(
        recipe="autoprocessing-xia2-dials",
        title="xia2 DIALS",
        description="DIALS for indexing, integration and scaling.",
        parameters=_COMMON,
    ),
    Recipe(
        recipe="autoprocessing-xia2-3dii",
        title="xia2 3dii",
        description="XDS for indexing, integration and scaling.",
        parameters=_COMMON,
    ),
    Recipe(
        recipe="autoprocessing-multi-xia2-dials",
        title="xia2 DIALS, several data sets",
        description="Sweeps of several collections scaled and merged together.",
        severalCollections=True,
        parameters=_COMMON,
    ),
]
