"""Statistics by resolution are told as they were sent, however they are kept."""

from pyispyb.processing.statistics import as_table, of_table

SHELLS = [{"rMerge": 0.04, "ccHalf": None}, {"rMerge": None, "ccHalf": 0.99, "nTotalObservations": 7}, {}]
SAID = [{"rMerge": 0.04}, {"ccHalf": 0.99, "nTotalObservations": 7}, {}]


def test_a_table_names_each_number_once_and_loses_no_range() -> None:
    table = as_table(SHELLS)
    assert sorted(table[0]) == ["ccHalf", "nTotalObservations", "rMerge"]
    assert of_table(table) == SAID


def test_nothing_said_of_a_range_is_told_as_nothing() -> None:
    assert of_table(as_table([{}, {"rMerge": None}])) == [{}, {}]


def test_ranges_that_tell_the_same_numbers_are_kept_as_they_come() -> None:
    shells = [{"rMerge": 0.04, "ccHalf": 0.99}, {"rMerge": 0.2, "ccHalf": 0.5}]
    assert as_table(shells) == [["rMerge", "ccHalf"], (0.04, 0.99), (0.2, 0.5)]
    assert of_table(as_table(shells)) == shells


def test_what_was_kept_one_by_one_is_told() -> None:
    assert of_table(SAID) == SAID
