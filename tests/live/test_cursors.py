"""Marks tell nothing, and are taken back from nobody but their maker."""

import pytest

from pyispyb.live.cursors import Blind, is_blind, parse_cursor


def test_a_mark_is_read_by_its_maker_and_by_nobody_else() -> None:
    blind, other = Blind(), Blind()
    for number in (0, 1, 2**31, 2**63):
        mark = blind.mark(number)
        assert is_blind(mark)
        assert blind.number(mark) == number
        assert other.number(mark) is None
        assert parse_cursor(mark) is None


@pytest.mark.parametrize(
    "text",
    ["", "garbage", "a-b-c", "0-0-0", "x-1-0", "0123abcd-1", "0123abcd--1-2", "0123abcd-1-٣", f"0123abcd-1-{10**30}"],
)
def test_what_is_no_cursor_stands_for_nothing(text: str) -> None:
    assert parse_cursor("0123abcd-7-41") == ("0123abcd", 7, 41)
    assert parse_cursor(text) is None


def test_marks_of_one_number_are_as_different_as_those_of_many() -> None:
    blind = Blind()
    same, others = [blind.mark(7) for _ in range(500)], [blind.mark(number) for number in range(500)]
    assert len({*same, *others}) == 1000
    assert {len(mark) for mark in same + others} == {49}


def test_no_letter_of_a_mark_can_be_changed() -> None:
    blind = Blind()
    mark = blind.mark(41)
    for place in range(len(mark)):
        for letter in "A-.z":
            changed = mark[:place] + letter + mark[place + 1 :]
            assert changed == mark or blind.number(changed) is None


@pytest.mark.parametrize("mark", ["", "-", "a-b", "Ä-é", "\0-\0", "A" * 16 + "-", "-" + "A" * 32, "AAAA-" + "A" * 32])
def test_what_is_no_mark_has_no_number(mark: str) -> None:
    assert Blind().number(mark) is None
