"""Results of processing, as pipelines send them."""

from collections.abc import Sequence
from typing import Any

FILES = 4
"""As autoPROC lists them in its AutoProcContainer."""

_SHELL: dict[str, Any] = {
    "resolutionLimitLow": 48.0,
    "resolutionLimitHigh": 1.62,
    "rMerge": 0.083,
    "rMeasAllIPlusIMinus": 0.089,
    "rPimAllIPlusIMinus": 0.031,
    "nTotalObservations": 512_004,
    "nTotalUniqueObservations": 40_311,
    "meanIOverSigI": 11.3,
    "completeness": 99.4,
    "multiplicity": 12.7,
    "ccHalf": 0.998,
}
_ELLIPSOID = {"axes": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], "limits": [1.71, 1.62, 1.94]}


def result_of_one_sweep(collections: Sequence[int], command: str) -> dict[str, Any]:
    """What autoPROC with STARANISO makes of one sweep."""
    return _result(collections, command)


def result_of_several_sweeps(collections: Sequence[int], command: str) -> dict[str, Any]:
    """The same of sweeps in several orientations, with messages; its files are as many."""
    return {
        **_result(collections, command),
        "messages": [
            {"severity": severity, "message": f"Said of {command}", "description": "One ice ring was left out."}
            for severity in ("INFO", "WARNING")
        ],
    }


def _result(collections: Sequence[int], command: str) -> dict[str, Any]:
    ways: tuple[tuple[str, dict[str, Any]], ...] = (("isotropic", {}), ("anisotropic", {"ellipsoid": _ELLIPSOID}))
    return {
        "program": {
            "processingPrograms": "autoPROC 1.0.5",
            "processingCommandLine": command,
            "processingStartTime": "2026-01-10T09:10:00",
            "processingEndTime": "2026-01-10T09:21:00",
        },
        "spaceGroup": "P 21 21 21",
        **{f"refinedCell_{name}": value for name, value in (("a", 58.21), ("b", 84.93), ("c", 101.32))},
        **{f"refinedCell_{name}": 90.0 for name in ("alpha", "beta", "gamma")},
        "scalings": [
            {
                "kind": kind,
                "statistics": {"overall": _SHELL, "innerShell": _SHELL, "outerShell": _SHELL},
                "shells": [_SHELL] * 20,
                "integrations": [
                    {"dataCollectionId": collection, "startImageNumber": 1, "endImageNumber": 3600, "cell_a": 58.2}
                    for collection in collections
                ],
                **more,
            }
            for kind, more in ways
        ],
        "attachments": [
            {"fileType": "Result", "fileName": f"file{number}.mtz", "filePath": "/data/visitor/mx/processed"}
            for number in range(FILES)
        ],
    }
