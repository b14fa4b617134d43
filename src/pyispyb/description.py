"""What the description of the API says beyond FastAPI's own: the media type of problems, and times without a zone."""

from typing import Any

from fastapi import FastAPI

from .problems import MEDIA_TYPE, Problem

_JSON = "application/json"
_PROBLEM = {"$ref": f"#/components/schemas/{Problem.__name__}"}


class DescribedAPI(FastAPI):
    """An application whose description tells the truth about errors and times."""

    def openapi(self) -> dict[str, Any]:
        """The description, made once."""
        if self.openapi_schema is None:
            described = super().openapi()
            _name_problems(described)
            _leave_out_zones(described)
        return super().openapi()


def _name_problems(described: dict[str, Any]) -> None:
    """FastAPI takes every model for plain JSON."""
    for methods in described["paths"].values():
        for operation in methods.values():
            for response in operation["responses"].values():
                content = response.get("content", {})
                if content.get(_JSON, {}).get("schema") == _PROBLEM:
                    content[MEDIA_TYPE] = content.pop(_JSON)


def _leave_out_zones(part: Any) -> None:
    """`date-time` promises a zone (RFC 3339); ours are times of the facility's clock."""
    if isinstance(part, dict):
        if part.get("format") == "date-time":
            part["format"] = "date-time-local"
        for inner in part.values():
            _leave_out_zones(inner)
    elif isinstance(part, list):
        for inner in part:
            _leave_out_zones(inner)
