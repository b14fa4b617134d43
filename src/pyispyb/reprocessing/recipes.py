"""What people may ask pipelines to do: recipes and their parameters, as a facility configures them."""

import math
import re
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Kind = Literal["number", "integer", "flag", "text", "choice", "cell"]
Name = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9_.:-]+$")]


_SIGNS = ". , : = + - / ( ) _"
_TEXT = re.compile(r"(?=.*\S)[\w .,:=+/()-]+")
"""Pipelines put it on a command line: what a shell would take for more than text stays out."""


class RecipeParameter(BaseModel):
    """One thing that may be set, as pages show it and pipelines read it."""

    model_config = ConfigDict(extra="forbid")

    parameterKey: Name = Field(description="What the pipeline calls it, as in `d_min`")
    title: str = Field(max_length=80, description="What people read, as in `High resolution limit`")
    kind: Kind = Field("text", description="What its value is; a `cell` is six numbers, separated by commas [Å, °]")
    unit: str | None = Field(None, description="Unit of a number, as in `Å`")
    minimum: float | None = Field(None, description="Smallest number")
    maximum: float | None = Field(None, description="Largest number")
    choices: list[str] = Field(default_factory=list, description="The values of a choice")
    hint: str | None = Field(None, max_length=200, description="What it does, in a sentence")

    @model_validator(mode="after")
    def _has_choices(self) -> Self:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("a choice, and nothing else, has choices")
        return self

    def refusal(self, value: str) -> str | None:
        """Why a value cannot be given to it, or None when it can."""
        match self.kind:
            case "number" | "integer":
                return self._number_refusal(value)
            case "flag":
                return None if value in {"true", "false"} else "is true or false"
            case "choice":
                return None if value in self.choices else f"is one of {', '.join(self.choices)}"
            case "cell":
                return None if _is_cell(value) else "is six numbers: a, b, c [Å], α, β, γ [°], separated by commas"
            case _:
                return None if _TEXT.fullmatch(value) else f"is a text of letters, digits, spaces and {_SIGNS}"

    def _number_refusal(self, value: str) -> str | None:
        number = _number(value)
        if number is None or (self.kind == "integer" and number != int(number)):
            return "is a whole number" if self.kind == "integer" else "is a number"
        if self.minimum is not None and number < self.minimum:
            return f"is at least {self.minimum:g}"
        if self.maximum is not None and number > self.maximum:
            return f"is at most {self.maximum:g}"
        return None


class Recipe(BaseModel):
    """One way of processing that people may ask for."""

    model_config = ConfigDict(extra="forbid")

    recipe: str = Field(min_length=1, max_length=50, description="What the facility's processing calls it")
    title: str = Field(max_length=80, description="What people read, as in `xia2 DIALS`")
    description: str = Field("", max_length=300, description="What it is good for")
    severalCollections: bool = Field(False, description="It merges sweeps of several collections")
    parameters: list[RecipeParameter] = Field(default_factory=list, description="What may be set")


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _is_cell(text: str) -> bool:
    numbers = [_number(part) for part in text.split(",")]
    if len(numbers) != 6 or any(number is None for number in numbers):
        return False
    edges, angles = numbers[:3], numbers[3:]
    return all(1 <= (edge or 0) <= 2000 for edge in edges) and all(10 < (angle or 0) < 170 for angle in angles)
