"""Copies fall together; texts that differ in what matters stay apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.duplicates import Group, collapse

MINUTES = (
    "The committee met on Tuesday and agreed to move the office to the new building. Furniture is ordered by the "
    "facilities team, and every department packs its own boxes. Keys are handed out at the reception desk."
)


def test_copies_fall_together_whatever_their_spacing_and_case() -> None:
    texts = (MINUTES, "Something else entirely.", MINUTES.upper().replace(" ", "\n"), MINUTES)
    assert collapse(texts, 10) == (Group(0, (2, 3)), Group(1, ()))


def test_a_changed_word_is_a_near_copy() -> None:
    assert collapse((MINUTES, MINUTES.replace("Tuesday", "Wednesday")), 10) == (Group(0, (1,)),)


def test_another_number_is_another_text() -> None:
    one = MINUTES + " The rent is 4,200 euros."
    other = MINUTES + " The rent is 4,700 euros."
    assert collapse((one, other), 10) == (Group(0, ()), Group(1, ()))


def test_chinese_near_copies() -> None:
    text = (
        "会议决定从下个月起把办公室搬到新楼，家具由后勤部门统一订购，各部门自行打包，钥匙在前台领取。"
        "搬家期间电话照常接听，客户来访请提前通知保安。旧楼的门禁卡在月底失效，遗失的物品一律送到前台登记保管。"
    )
    assert collapse((text, text.replace("统一", "集中", 1)), 10) == (Group(0, (1,)),)
    assert collapse((text, text + "另外，停车位要重新登记，请在周五之前把车牌号发给行政同事。"), 10) == (
        Group(0, ()),
        Group(1, ()),
    )


def test_a_part_of_a_longer_text_is_no_copy() -> None:
    assert collapse((MINUTES, MINUTES[:80]), 10) == (Group(0, ()), Group(1, ()))


def test_stops_when_the_limit_is_reached_but_gathers_copies_until_then() -> None:
    assert collapse(("a one", "b two", "a one", "c three", "b two"), 2) == (Group(0, (2,)), Group(1, ()))
    assert collapse((), 5) == ()
    assert collapse(("", " "), 5) == (Group(0, (1,)),)


@given(st.lists(st.sampled_from(("x 1", "x 2", "long enough text", "long enough texts", "另一段文字")), max_size=12))
def test_every_text_is_in_one_group_and_groups_keep_the_ranking(texts: list[str]) -> None:
    groups = collapse(texts, len(texts) + 1)
    assert sorted(place for group in groups for place in (group.kept, *group.copies)) == list(range(len(texts)))
    assert [group.kept for group in groups] == sorted(group.kept for group in groups)
