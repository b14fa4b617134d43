"""Statistics by resolution are told as they were sent, however they are kept."""

from pyispyb.processing.statistics import NOTHING_SAID, as_table, of_table

SHELLS = [{"rMerge": 0.04, "ccHalf": None}, {"rMerge": None, "ccHalf": 0.99, "nTotalObservations": 7}, {}]
SAID = [{"rMerge": 0.04}, {"ccHalf": 0.99, "nTotalObservations": 7}, {}]


def test_a_table_names_each_number_once_and_loses_no_range() -> None:
    table = as_table([{**NOTHING_SAID, **shell} for shell in SHELLS])
    assert sorted(table[0]) == ["ccHalf", "nTotalObservations", "rMerge"]
    assert of_table(table) == SAID


def test_nothing_said_of_a_range_is_told_as_nothing() -> None:
    assert of_table(as_table([NOTHING_SAID])) == [{}]


def test_what_was_kept_one_by_one_is_told() -> None:
    assert of_table(SAID) == SAID
