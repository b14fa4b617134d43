"""What is wrong is said in our words, at the place where it is."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError, model_validator

from pyispyb.problems import told
from tests.processing.documents import result
from tests.world import World


class Limits(BaseModel):
    """Two fields with a rule of their own, and a dictionary."""

    low: float
    high: float
    shells: dict[int, float] = {}

    @model_validator(mode="after")
    def _in_order(self) -> "Limits":
        assert self.low > 0, "low is not above zero"
        if self.low > self.high:
            raise ValueError("low is above high")
        return self


class Several(BaseModel):
    """Some of them."""

    limits: list[Limits]


@pytest.mark.parametrize(
    ("model", "sent", "path", "message"),
    [
        (Limits, {"low": 2, "high": 1}, "", "low is above high"),
        (Limits, {"low": 0, "high": 1}, "", "low is not above zero"),
        (Several, {"limits": [{"low": 1, "high": 2}, {"low": 2, "high": 1}]}, "limits[1]", "low is above high"),
        (Limits, {"low": 1, "high": 2, "shells": {"middle": 1}}, "shells.middle", "Input should be a valid integer"),
        (Limits, {"low": 1}, "high", "Field required"),
    ],
)
def test_an_error_stands_where_it_is(model: type[BaseModel], sent: Any, path: str, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(sent)
    error = told(caught.value)
    (field,) = error.errors
    assert field.path == path
    assert field.message.startswith(message)
    assert error.detail == (f"{path}: {field.message}" if path else field.message)


@pytest.mark.in_turn
async def test_a_wrong_key_is_named_as_it_was_sent(world: World) -> None:
    sent = result(world.ids["collection"])
    sent["scalings"][0]["statistics"]["middle"] = {"rMerge": 0.1}
    problem = await world.refused("key", "POST", "/processings/results", json=sent)
    assert [error["path"] for error in problem["errors"]] == ["scalings[0].statistics.middle"]
    assert problem["detail"].startswith("scalings[0].statistics.middle: ")
