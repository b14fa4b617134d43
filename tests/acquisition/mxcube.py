"""Control software as it behaves: what MXCuBE's REST client sends, and what it trips over."""

from datetime import datetime
from typing import Any

import httpx

from tests.service import Service

ACCEPTED = {200, 201}


class RefusedError(Exception):
    """The server answered something other than 200 or 201."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__(answer.text)
        self.status = answer.status_code


class MXCuBE:
    """Logs in with the key of a beamline, refreshes once when its token is refused, and reads answers its own way."""

    def __init__(self, service: Service, api_token: str) -> None:
        self._service = service
        self._api_token = api_token
        self._refresh_token = ""
        self.token = ""
        self.refreshed = 0

    async def log_in(self) -> None:
        """Name the identity provider it was made for, whatever the token is."""
        sent = {"plugin": "keycloak", "login": "bl1-control", "token": self._api_token}
        async with self._service.client() as client:
            answer = await client.post("/auth/login", json=sent)
        if answer.status_code not in ACCEPTED:
            raise RefusedError(answer)
        self._keep(answer.json())

    def _keep(self, tokens: dict[str, Any]) -> None:
        self.token, self._refresh_token = tokens["token"], tokens["refreshToken"]
        assert tokens["expiresIn"] > 0

    async def _refresh(self) -> None:
        async with self._service.client() as client:
            answer = await client.post("/auth/refresh", json={"refreshToken": self._refresh_token})
        if answer.status_code != 200:
            raise RefusedError(answer)
        self.refreshed += 1
        self._keep(answer.json())

    async def send(self, method: str, path: str, **sent: Any) -> httpx.Response:
        """One request; after a 401 a second one with new tokens."""
        async with self._service.client(self.token) as client:
            answer = await client.request(method, path, **sent)
        if answer.status_code == 401:
            await self._refresh()
            async with self._service.client(self.token) as client:
                answer = await client.request(method, path, **sent)
        if answer.status_code not in ACCEPTED:
            raise RefusedError(answer)
        return answer

    async def call(self, method: str, path: str, **sent: Any) -> Any:
        """The content of an answer, lists out of their page. Raises TypeError for anything but objects and lists."""
        content = (await self.send(method, path, **sent)).json()
        if not isinstance(content, dict | list):
            raise TypeError(f"{type(content).__name__} is not an object")
        return content.get("results", content) if isinstance(content, dict) else content

    async def get(self, path: str, **query: Any) -> Any:
        """What a path has."""
        return await self.call("GET", path, params=query)

    async def post(self, path: str, body: dict[str, Any], key: str | None = None) -> Any:
        """Send an object."""
        return await self.call("POST", path, json=body, headers={"Idempotency-Key": key} if key else None)

    async def patch(self, path: str, body: dict[str, Any] | None = None, **query: Any) -> Any:
        """Change an object."""
        return await self.call("PATCH", path, json=body, params=query)

    async def current_sessions(self, proposal: str, beamline: str) -> list[dict[str, Any]]:
        """Sessions that run now: their times are compared with a clock that knows no zone."""
        today = datetime.today()
        return [
            session
            for session in await self.get("/sessions", proposal=proposal.upper(), beamLineName=beamline)
            if datetime.fromisoformat(session["startDate"]) <= today <= datetime.fromisoformat(session["endDate"])
        ]

    async def update_collection(self, mx_collection: dict[str, Any]) -> tuple[Any, Any]:
        """Send a collection again; the answer is unpacked into a first and a last member."""
        first, *_, last = await self.post("/datacollections/datacollection", mx_collection)
        return first, last


def mx_collection(session_id: int, sample_id: int | None = None, **changes: Any) -> dict[str, Any]:
    """A collection dictionary with everything that comes along in it, wanted or not."""
    return {
        "oscillation_sequence": [
            {
                "start": 10.0,
                "range": 0.1,
                "offset": 0.0,
                "overlap": 0.0,
                "number_of_images": 3600,
                "start_image_number": 1,
                "number_of_passes": 1,
                "exposure_time": 0.01,
                "kappaStart": 0.0,
                "phiStart": 0.0,
                "number_of_lines": 1,
                "mesh_range": (),
            }
        ],
        "fileinfo": {
            "directory": "/data/visitor/RAW_DATA/run1",
            "prefix": "lyso-x1",
            "suffix": "h5",
            "template": "lyso-x1_1_%05d.h5",
            "run_number": 1,
            "process_directory": "/data/visitor/PROCESSED_DATA/run1",
            "archive_directory": "/data/archive/run1",
            "archive_type": "hdf5",
        },
        "sessionId": str(session_id),
        "sample_reference": {"blSampleId": sample_id, "spacegroup": "P43212", "cell": "78,78,37,90,90,90"},
        "collection_id": None,
        "status": "Running",
        "collection_start_time": "2026-11-20 14:05:09",
        "experiment_type": "OSC",
        "wavelength": 0.9763,
        "resolution": 1.8,
        "resolutionAtCorner": 1.4,
        "detectorDistance": 180.5,
        "xBeam": 210.1,
        "yBeam": 218.9,
        "beamSizeAtSampleX": 0.05,
        "beamSizeAtSampleY": 0.03,
        "beamShape": "ellipse",
        "flux": 2.1e12,
        "transmission": 25.0,
        "xtalSnapshotFullPath1": "/data/archive/run1/lyso-x1_1.snapshot.jpeg",
        "centringMethod": "LOOP",
        "actualCentringPosition": "(sampx=0.1 sampy=-0.3)",
        "actualContainerBarcode": None,
        "actualContainerSlotInSC": "",
        "comments": "",
        "in_queue": True,
        "in_interleave": None,
        "ispyb_group_data_collections": False,
        "helical": 0,
        "take_snapshots": 4,
        "take_video": False,
        "motors": {"phi": 10.0, "phiz": None, "nested": {"deeper": [1, 2, {"three": None}]}},
        "processing": "True",
        "residues": 200,
        "skip_images": 0,
        "anomalous": False,
        "dark": 1,
        "detector_roi": ["0", "C2"],
        "xds_dir": "/data/visitor/PROCESSED_DATA/run1/xds",
        **changes,
    }


BEAMLINE_CONFIG = {
    "synchrotron_name": "Test Light Source",
    "directory_prefix": "bl1",
    "default_exposure_time": 0.02,
    "minimum_exposure_time": 0.0025,
    "detector_fileext": "h5",
    "detector_type": "EIGER",
    "detector_manufacturer": "DECTRIS",
    "detector_model": "EIGER 16M",
    "detector_binning_mode": 1,
    "detector_px": 0.075,
    "detector_py": 0.075,
    "undulators": [{"type": "U20", "motor": "und1"}],
    "focusing_optic": "KB mirrors",
    "monochromator_type": "DCM",
    "beam_divergence_vertical": 6,
    "beam_divergence_horizontal": 104,
    "polarisation": 0.99,
    "maximum_phi_speed": 360,
    "minimum_phi_oscillation": 0.001,
    "input_files_server": "files",
    "run_processing_parallel": None,
}
