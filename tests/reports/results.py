"""Results with files on disk, as pipelines leave them."""

from pathlib import Path
from typing import Any

import pytest

from tests.processing.documents import result
from tests.world import World

ON_ONE = pytest.mark.parametrize("service", ["sqlite"], indirect=True)
"""For what is the same whatever the database is."""


async def store(world: World, sent: dict[str, Any]) -> int:
    """Key of a stored run."""
    async with world.as_("key") as client:
        answer = await client.post("/processings/results", json=sent)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["autoProcProgramId"])


async def run(world: World, folder: Path, collection: str, pipeline: str, high: float, **files: str) -> int:
    """A run on a collection of the world, with the files that have a text, by type; those without are not on disk."""
    place = folder / f"{world.number}-{collection}-{pipeline}"
    place.mkdir(parents=True)
    attachments = []
    for kind, text in files.items():
        name = {"Result": "merged.mtz", "Log": "run.log", "Graph": "gone.csv"}[kind]
        if text:
            (place / name).write_text(text)
        attachments.append({"fileType": kind, "fileName": name, "filePath": str(place)})
    return await store(world, result(world.ids[collection], pipeline, high, attachments=attachments))
