"""Characterisations, workflows and centrings as programs send them."""

from typing import Any


def sub_wedge(start: float, turn: float, **more: Any) -> dict[str, Any]:
    """A turn measured in one go."""
    return {
        "rotationAxis": "omega",
        "axisStart": start,
        "axisEnd": start + turn,
        "oscillationRange": 0.1,
        "exposureTime": 0.01,
        "transmission": 12.5,
        "numberOfImages": round(turn / 0.1),
        "doseTotal": 1.5,
        **more,
    }


def screening(**of_what: int) -> dict[str, Any]:
    """Two strategies: one sweep, and two orientations at two wavelengths each, as the GPhL workflow makes them."""
    orientations = [
        {
            "wavelength": wavelength,
            "kappa": kappa,
            "phi": phi,
            "doseTotal": 3.25,
            "completeness": 0.75,
            "comments": name,
            "subWedges": [sub_wedge(0, 90), sub_wedge(180, 90)],
        }
        for name, kappa, phi in (("cusp", 0.0, 0.0), ("flip", 42.5, 120.0))
        for wavelength in (0.9793, 0.9537)
    ]
    return {
        **of_what,
        "programVersion": "EDNA MXv1 1.3",
        "shortComments": "good",
        "input": {"minimumFractionIndexed": 0.5, "maximumFractionRejected": 0.25, "beamX": 110.5, "beamY": 112.25},
        "output": {
            "program": "EDNA MXv1",
            "indexingSuccess": True,
            "strategySuccess": True,
            "mosaicity": 0.25,
            "rankingResolution": 1.75,
            "iOverSigma": 2.5,
            "numSpotsFound": 812,
            "numSpotsUsed": 640,
            "numSpotsRejected": 12,
            "beamShiftX": 0.0125,
            "resolutionObtained": 1.75,
            "doseTotal": 13.0,
            "lattices": [
                {
                    "spaceGroup": "P43212",
                    "bravaisLattice": "tP",
                    "unitCell_a": 78.5,
                    "unitCell_b": 78.5,
                    "unitCell_c": 37.25,
                    "unitCell_alpha": 90,
                    "unitCell_beta": 90,
                    "unitCell_gamma": 90,
                    "rawOrientationMatrix_a_x": 0.125,
                }
            ],
            "strategies": [
                {
                    "program": "BEST",
                    "completeness": 0.995,
                    "multiplicity": 6.5,
                    "resolution": 1.75,
                    "rotation": 0.1,
                    "wedges": [{"wavelength": 0.9763, "subWedges": [sub_wedge(32, 96)]}],
                },
                {"program": "GPhL", "anomalous": True, "completeness": 1.0, "wedges": orientations},
            ],
        },
    }


def failed_screening(**of_what: int) -> dict[str, Any]:
    """Nothing could be indexed."""
    return {
        **of_what,
        "programVersion": "EDNA MXv1 1.3",
        "output": {"indexingSuccess": False, "strategySuccess": False, "statusDescription": "Too few spots"},
    }


def centring(group: int, **more: Any) -> dict[str, Any]:
    """One crystal found in three dimensions."""
    return {
        "dataCollectionGroupId": group,
        "xrayCentringType": "3d",
        "results": [
            {
                "centreOfMassX": 2.25,
                "centreOfMassY": 1.5,
                "centreOfMassZ": 3.75,
                "maxVoxelX": 2,
                "maxVoxelY": 1,
                "maxVoxelZ": 3,
                "numberOfVoxels": 9,
                "totalCount": 420.5,
                "boundingBoxMinX": 1,
                "boundingBoxMaxX": 4,
                **more,
            }
        ],
    }
