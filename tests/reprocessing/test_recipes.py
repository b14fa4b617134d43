"""What may be asked for, and which values a parameter takes."""

import pytest
from pydantic import ValidationError

from pyispyb.reprocessing.recipes import RecipeParameter


@pytest.mark.parametrize(
    ("parameter", "good", "bad"),
    [
        ({"kind": "number", "minimum": 0.3, "maximum": 50}, ["0.3", "1.85", "50"], ["0.2", "51", "nan", "inf", "two"]),
        ({"kind": "integer", "minimum": 1}, ["1", "12"], ["0", "1.5", "", "x"]),
        ({"kind": "flag"}, ["true", "false"], ["yes", "1", ""]),
        ({"kind": "choice", "choices": ["a", "b"]}, ["a", "b"], ["c", "a,b", ""]),
        ({"kind": "text"}, ["P 43 21 2", "x2_1(b)"], ["  ", "two\nlines", "a\x00b", "; rm -rf /", "$(id)", "a|b"]),
        (
            {"kind": "cell"},
            ["78.1, 78.1, 36.9, 90, 90, 90", "50,60,70,90,101.5,90"],
            ["78,78,37,90,90", "78,78,37,90,90,180", "0,1,1,90,90,90", "a,b,c,d,e,f"],
        ),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_a_parameter_takes_what_it_is(parameter: dict[str, object], good: list[str], bad: list[str]) -> None:
    made = RecipeParameter.model_validate({"parameterKey": "p", "title": "P", **parameter})
    assert [value for value in good if made.refusal(value)] == []
    assert [value for value in bad if not made.refusal(value)] == []


@pytest.mark.parametrize("wrong", [{"kind": "choice"}, {"kind": "text", "choices": ["a"]}])
def test_only_a_choice_has_choices(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="choices"):
        RecipeParameter.model_validate({"parameterKey": "p", "title": "P", **wrong})
