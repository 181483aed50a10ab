"""What a typed line becomes: words, phrases, filters, and errors that say where."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import EmptyQuery, QuerySyntax
from indexer.query import Filter, Query
from indexer.query_parser import parse

TODAY = date(2026, 11, 22)


def ns(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day).astimezone().timestamp()) * 1_000_000_000


def test_everything_at_once() -> None:
    query = parse(
        'type:pdf in:Contracts after:2026-01-01 before:2026-07 name:budget "exact phrase" -word notice period',
        5,
        TODAY,
    )
    assert query == Query(
        "exact phrase notice period",
        5,
        Filter(
            formats=("pdf", ".pdf"),
            folders=("Contracts",),
            names=("budget",),
            phrases=("exact phrase",),
            excluded=("word",),
            after_ns=ns(2026, 1, 1),
            before_ns=ns(2026, 7, 1),
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Re: offer",
        "http://example.org/a?b=c",
        "12:30",
        "in: the beginning",
        "C:\\Users\\me",
        "note:this",
        'a 12" screen',
        "well-known re-use",
        "git commit --amend",
        "会议时间：12：30",
        "什么是“合同金额”",
        "-",
        ":",
    ],
)
def test_plain_text_stays_as_typed(text: str) -> None:
    assert parse(text, 10, TODAY) == Query(text, 10)


def test_quoted_values_and_excluded_phrases() -> None:
    query = parse('in:"My Contracts" name:"Q3 budget" -"first draft" price', 10, TODAY)
    assert query.filter == Filter(folders=("My Contracts",), names=("Q3 budget",), excluded=("first draft",))
    assert query.text == "price"


def test_full_width_signs_and_chinese_keys() -> None:
    query = parse("类型：表格 in：“我的 合同” 之后：2026年3月 －草稿 “付款 条件” 金额", 10, TODAY)
    assert ".xlsx" in query.filter.formats
    assert query.filter.folders == ("我的 合同",)
    assert query.filter.after_ns == ns(2026, 3, 1)
    assert query.filter.excluded == ("草稿",)
    assert query.filter.phrases == ("付款 条件",)
    assert query.text == "付款 条件 金额"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026", (2026, 1, 1)),
        ("2026-03", (2026, 3, 1)),
        ("2026-03-31", (2026, 3, 31)),
        ("2026/3/31", (2026, 3, 31)),
        ("2026年3月31日", (2026, 3, 31)),
        ("today", (2026, 11, 22)),
        ("今天", (2026, 11, 22)),
        ("Yesterday", (2026, 11, 21)),
        ("7d", (2026, 11, 15)),
        ("2w", (2026, 11, 8)),
        ("30天", (2026, 10, 23)),
    ],
)
def test_dates(typed: str, day: tuple[int, int, int]) -> None:
    assert parse(f"after:{typed}", 10, TODAY).filter.after_ns == ns(*day)
    assert parse(f"before:{typed} x", 10, TODAY).filter.before_ns == ns(*day)


def test_the_narrower_of_two_dates_counts() -> None:
    found = parse("after:2025 after:2026 before:2027 before:2028", 10, TODAY).filter
    assert (found.after_ns, found.before_ns) == (ns(2026, 1, 1), ns(2027, 1, 1))


@pytest.mark.parametrize(
    ("typed", "formats"),
    [
        ("pdf", {"pdf", ".pdf"}),
        (".py", {"py", ".py"}),
        ("PDF,docx", {"pdf", ".pdf", "docx", ".docx"}),
        ("sheet", {".xlsx", ".csv"}),
        ("slides", {".pptx", ".odp"}),
        ("mail", {".eml", ".msg", ".mbox"}),
        ("doc", {".docx", ".odt", ".rtf", ".doc"}),
        ("image", {".png", ".jpg"}),
        ("邮件", {".eml"}),
    ],
)
def test_types(typed: str, formats: set[str]) -> None:
    assert formats <= set(parse(f"type:{typed}", 10, TODAY).filter.formats)


def test_repeated_types_are_alternatives() -> None:
    assert parse("type:pdf type:txt", 10, TODAY).filter.formats[:2] == ("pdf", ".pdf")
    assert ".txt" in parse("type:pdf type:txt", 10, TODAY).filter.formats


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("type:nonsense x", 5),
        ("x after:soon", 8),
        ("after:2026-02-30", 6),
        ('price "open', 6),
        ("price “open", 6),
        ('in:"', 3),
        ('in:"" x', 0),
        ("x -type:pdf", 2),
        ("after:2026 before:2025", 0),
    ],
)
def test_errors_say_where_and_what_to_do(text: str, position: int) -> None:
    with pytest.raises(QuerySyntax) as caught:
        parse(text, 10, TODAY)
    assert caught.value.position == position
    assert caught.value.advice
    assert "soon" not in caught.value.sentence  # what a person typed stays out of messages that may be logged


@pytest.mark.parametrize("text", ["", "   \t", "-draft", '-"first draft"', '""'])
def test_nothing_to_look_for(text: str) -> None:
    with pytest.raises(EmptyQuery):
        parse(text, 10, TODAY)


@given(st.text(alphabet='abtypein:"-“”：－ 2026类型合同\n,.', max_size=40))
def test_any_line_is_read_or_refused_with_a_position_inside_it(text: str) -> None:
    try:
        query = parse(text, 10, TODAY)
    except QuerySyntax as error:
        assert 0 <= error.position <= len(text)
    except EmptyQuery:
        pass
    else:
        assert query.text == query.text.strip()
