"""Results as pipelines send them: as JSON, and as an AutoProcContainer."""

from typing import Any

from tests.world import World


def shell(high: float, **more: Any) -> dict[str, Any]:
    """Statistics of one range of resolution."""
    return {
        "resolutionLimitLow": 67.4,
        "resolutionLimitHigh": high,
        "rMerge": 0.058,
        "rMeasAllIPlusIMinus": 0.068,
        "rMeasWithinIPlusIMinus": 0.069,
        "rPimAllIPlusIMinus": 0.035,
        "nTotalObservations": 39330,
        "nTotalUniqueObservations": 11803,
        "meanIOverSigI": 8.6,
        "completeness": 99.3,
        "multiplicity": 3.3,
        "ccHalf": 0.995,
        "ccAnomalous": -0.131,
        "sigAno": 0.647,
        "isa": 21.5,
        "completenessEllipsoidal": 93.1,
        **more,
    }


def result(collection: int, name: str = "autoPROC 1.0.5 (20210420)", high: float = 1.48, **more: Any) -> dict[str, Any]:
    """A whole document."""
    return {
        "dataCollectionId": collection,
        "program": {
            "processingPrograms": name,
            "processingCommandLine": "process -I /data/mx1",
            "processingStartTime": "2026-11-20T10:00:00",
            "processingEndTime": "2026-11-20T10:12:30",
        },
        "spaceGroup": "P 43 21 2",
        "refinedCell_a": 78.1,
        "refinedCell_b": 78.1,
        "refinedCell_c": 37.2,
        "refinedCell_alpha": 90,
        "refinedCell_beta": 90,
        "refinedCell_gamma": 90,
        "scalings": [
            {
                "kind": "anisotropic",
                "ellipsoid": {"axes": [[1, 0, 0], [0, 1, 0], [0, 0, 1]], "limits": [1.4, 1.5, 1.9]},
                "statistics": {
                    "overall": shell(high),
                    "innerShell": shell(6.7, rMeasAllIPlusIMinus=0.041),
                    "outerShell": shell(high, resolutionLimitLow=high + 0.05, ccHalf=0.747),
                },
                "shells": [shell(6.7), shell(3.1), shell(high)],
                "integrations": [{"startImageNumber": 1, "endImageNumber": 3600, "cell_a": 78.05, "anomalous": True}],
            }
        ],
        "attachments": [
            {"fileType": "Result", "fileName": "truncate-unique.mtz", "filePath": "/data/mx1/processed"},
            {"fileType": "Log", "fileName": "summary.html", "filePath": "/data/mx1/processed"},
        ],
        **more,
    }


CONTAINER = """<?xml version="1.0"?>
<AutoProcContainer>
  <AutoProcProgramContainer>
    <AutoProcProgram>
      <processingPrograms>made-up 2.1</processingPrograms>
      <processingCommandLine>made-up --all</processingCommandLine>
      <processingStatus>1</processingStatus>
      <processingStartTime>Fri Nov 20 10:00:00 CET 2026</processingStartTime>
      <processingEnvironment>{environment}</processingEnvironment>
    </AutoProcProgram>
  </AutoProcProgramContainer>
  <AutoProc><spaceGroup>P 21</spaceGroup><refinedCell_a>50.5</refinedCell_a></AutoProc>
  <AutoProcScalingContainer>
    <AutoProcScaling><recordTimeStamp>2026-11-20 10:10:00</recordTimeStamp></AutoProcScaling>
    <AutoProcScalingStatistics>
      <scalingStatisticsType>overall</scalingStatisticsType>
      <resolutionLimitLow>50</resolutionLimitLow><resolutionLimitHigh>{high}</resolutionLimitHigh>
      <ccAno>.25</ccAno><rMerge></rMerge><wilsonB>20</wilsonB>{more}
    </AutoProcScalingStatistics>
    <AutoProcIntegrationContainer>
      <Image><fileName>{file}</fileName><fileLocation>{folder}</fileLocation></Image>
      <AutoProcIntegration><startImageNumber>1</startImageNumber></AutoProcIntegration>
    </AutoProcIntegrationContainer>
  </AutoProcScalingContainer>
</AutoProcContainer>"""


def container(world: World, **more: str) -> str:
    """A container whose images are those of the world's first collection."""
    given = {
        "environment": "x",
        "high": "1.9",
        "file": "x_1_00001.cbf",
        "folder": f"/data/{world.proposal}/x/",
        "more": "",
    }
    return CONTAINER.format(**{**given, **more})
