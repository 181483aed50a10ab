"""Markdown into blocks: what is read, what is left out, what a hostile text can't do."""

from __future__ import annotations

import pytest

from ui.markdown import Block, Carry, Doubt, Kind, Run, blocks, cut, plain, settled_length, settled_look

MIXED = """Intro **bold** [1].

| a | b |
|---|---|
| 1 [2] | `x` |

- one
- two
  1. deep

```py
print(1)
```

End.
"""


def test_every_kind_of_block_is_told_apart() -> None:
    found = blocks(MIXED, {1, 2})
    kinds = [block.kind for block in found]
    assert kinds == [Kind.PARAGRAPH, Kind.TABLE, Kind.ITEM, Kind.ITEM, Kind.ITEM, Kind.CODE, Kind.PARAGRAPH]
    assert [block.bullet for block in found[2:5]] == ["\u2022", "\u2022", "1."]
    assert [block.level for block in found[2:5]] == [1, 1, 2]
    assert found[5].text == "print(1)"
    assert found[5].language == "py"


@pytest.mark.parametrize("text", ["766000.", "587. [1]", "12) [1]", "1993. That was the year.", "It is:\n\n42."])
def test_a_number_for_an_answer_is_no_item_of_a_list(text: str) -> None:
    assert {block.kind for block in blocks(text, {1})} == {Kind.PARAGRAPH}
    assert plain(text) == text.replace("\n\n", "\n")


def test_numbered_items_stay_items() -> None:
    assert [block.bullet for block in blocks("1. One\n2. Two")] == ["1.", "2."]


def test_known_marks_are_citations_and_unknown_ones_disappear() -> None:
    (block,) = blocks("It fell [1], they say [7].", {1})
    assert [run.marker for run in block.runs if run.marker] == [1]
    assert "".join(run.text for run in block.runs) == "It fell, they say."


def test_marks_stand_in_table_cells_too() -> None:
    table = blocks(MIXED, {1, 2})[1]
    assert [run.marker for run in table.rows[1][0]] == [0, 2]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src="file:///etc/passwd">',
        "<b>x</b>",
    ],
)
def test_html_is_text(hostile: str) -> None:
    assert "".join(run.text for block in blocks(hostile) for run in block.runs) == hostile


def test_pictures_are_their_words_and_only_some_links_lead_anywhere() -> None:
    (block,) = blocks("![a picture](http://evil/x.png) [a](javascript:x) [b](file:///etc) [c](https://good.example)")
    assert [run.href for run in block.runs if run.href] == ["https://good.example"]
    assert "a picture" in block.runs[0].text


def test_a_reference_in_the_text_makes_no_link() -> None:
    assert all(not run.href for block in blocks("It is so [1].\n\n[1]: https://evil.example/") for run in block.runs)


def test_a_doubtful_statement_is_marked_in_lists_and_bold_text() -> None:
    text = "Sure.\n\n- It **may be** so [1].\n- Yes."
    start = text.index("- It")
    end = text.index("\n- Yes")
    found = blocks(text, {1}, (Doubt(start, end, "why"),))
    assert found[1].kind is Kind.ITEM
    assert {run.doubt for run in found[1].runs} == {"why"}
    assert any(run.bold for run in found[1].runs)
    assert {run.doubt for block in (found[0], found[2]) for run in block.runs} == {""}


def test_private_characters_of_a_text_mark_nothing() -> None:
    (block,) = blocks("a\ue100b\ue001c", (), ())
    assert "".join(run.text for run in block.runs) == "a\ufffdb\ufffdc"


def test_what_is_settled_never_changes() -> None:
    for end in range(1, len(MIXED)):
        head = MIXED[:end]
        length = settled_length(head)
        before = blocks(head[:length])
        assert before == blocks(MIXED)[: len(before)]


def test_a_table_that_is_cut_goes_on_under_its_header() -> None:
    text = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 40
    length, carry = cut(text, Carry())
    rest = blocks(carry.lines + text[length:])
    assert carry.joins
    assert rest[0].kind is Kind.TABLE
    whole = blocks(text)[0].rows
    assert blocks(text[:length])[0].rows + rest[0].rows[1:] == whole


def test_code_that_is_cut_goes_on_as_code() -> None:
    text = "```py\n" + "print(1)\n" * 40
    length, carry = cut(text, Carry())
    head, rest = blocks(text[:length])[0], blocks(carry.lines + text[length:])[0]
    assert f"{head.text}\n{rest.text}" == blocks(text)[0].text


def test_a_paragraph_is_cut_after_a_sentence() -> None:
    text = "One sentence here. " * 50 + "unfinished"
    length, carry = cut(text, Carry())
    assert carry.joins
    assert text[:length].endswith(". ")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("It fell [1", "It fell"),
        ("It fell [1].", "It fell [1]."),
        ("See [the rep", "See the rep"),
        ("See [the report](https://exa", "See the report"),
        ("See [the report](https://example.com)", "See [the report](https://example.com)"),
        ("It is **very", "It is **very**"),
        ("It is **", "It is"),
        ("Run `make", "Run `make`"),
        ("Sales rose.\n-", "Sales rose."),
        ("Sales rose.\n--", "Sales rose."),
        ("Sales rose.\n12.", "Sales rose."),
        ("Sales rose.\n- North", "Sales rose.\n- North"),
        ("Sums:\n\n| Q2 | Q3", "Sums:\n"),
        ("| Q2 | Q3 |\n|---|-", ""),
        ("| Q2 | Q3 |\n|---|---|\n| 1", "| Q2 | Q3 |\n|---|---|\n| 1"),
        ("```py\nprint(**kw", "```py\nprint(**kw"),
        ("```py\nprint(1)\n``", "```py\nprint(1)"),
        ("2 * 3 is 6", "2 * 3 is 6"),
    ],
)
def test_a_text_that_grows_looks_as_it_will_look(written: str, shown: str) -> None:
    assert settled_look(written) == shown


def test_no_block_of_a_growing_text_turns_into_another_kind() -> None:
    """Letter by letter: what was a paragraph is never a heading, a table or code a moment later."""
    before: list[Kind] = []
    for length in range(1, len(MIXED) + 1):
        settled = settled_length(MIXED[:length])
        shown = (*blocks(MIXED[:settled]), *blocks(settled_look(MIXED[settled:length])))
        kinds = [block.kind for block in shown]
        common = min(len(before), len(kinds))
        assert kinds[:common] == before[:common], MIXED[:length][-40:]
        before = kinds


def test_plain_text_keeps_the_numbers() -> None:
    assert plain("**It** fell [1].\n\n- one") == "It fell [1].\n\u2022 one"


def test_neighbours_of_one_look_are_one_run() -> None:
    assert blocks("a\nb *c*") == (Block(Kind.PARAGRAPH, (Run("a b "), Run("c", italic=True))),)
