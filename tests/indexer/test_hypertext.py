"""HTML to text: what counts, what is furniture, and how deep nesting is survived."""

from __future__ import annotations

from indexer.content import FormatResult, Limits, TextBuilder
from indexer.hypertext import Hypertext, add_hypertext, declared_charset


def read(markup: str) -> tuple[Hypertext, FormatResult]:
    builder = TextBuilder(Limits())
    page = add_hypertext(builder, markup)
    return page, builder.result(page.title or "untitled")


def text(markup: str) -> str:
    return read(markup)[1].text


def test_blocks_are_paragraphs_and_inline_markup_is_not() -> None:
    assert text("<div>a<b>b</b> c<p>d</p>e<span>f</span></div>g") == "ab c\n\nd\n\nef\n\ng"
    assert text("<p>one<br>two <br/> three</p>") == "one\ntwo\nthree"
    assert text("<p>a&nbsp;&lt;b&gt;\n   c</p>") == "a <b> c"


def test_title_language_and_headings() -> None:
    page, result = read("<html lang='de-AT'><title> Zwei \n Worte </title><h1>A</h1>x<h3>B</h3>y<h2>C</h2>z")
    assert page == Hypertext("Zwei Worte", "de")
    assert [section.heading for section in result.sections] == [("A",), ("A", "B"), ("A", "C")]
    assert read("<h2>Only <i>this</i></h2>x")[0] == Hypertext("Only this", None)
    assert read("<html lang='{{x}}'>x")[0].language is None


def test_scripts_forms_and_furniture_are_left_out() -> None:
    page = (
        "<header>h</header><nav>n</nav><p>kept</p><style>s</style><script>j</script><select><option>o</select><footer>f"
    )
    assert text(page) == "kept"
    assert text("<nav>n</nav><main><header>inner</header>text</main>outside") == "inner\n\ntext"
    assert text("<div role=navigation>n</div><div class='navheader'>x</div><p>kept<a class=headerlink>¶</a>") == "kept"


def test_a_page_of_nothing_but_furniture_is_its_text() -> None:
    assert text("<nav><ul><li>Chapter one<li>Chapter two</ul></nav>") == "- Chapter one\n- Chapter two"


def test_variants_hidden_until_a_script_runs_are_text() -> None:
    assert (
        text("<p>Choose <span hidden>Preferences</span><span hidden>Tools</span>.</p>") == "Choose Preferences Tools."
    )


def test_lists_nest_and_number() -> None:
    markup = "<ul><li>a<li>b<ol><li>c<li><p>d</p><p>e</p></ol></ul><ol><li>f</ol>after"
    assert text(markup) == "- a\n- b\n  1. c\n  2. d\n\ne\n\n1. f\n\nafter"


def test_tables_of_facts_are_rows_and_tables_of_layout_are_blocks() -> None:
    result = read("<table><tr><th>Year<th>Sum<tr><td>2024<td>3<tr><td>2025<td>4</table>")[1]
    assert result.text == "Year | Sum\n2024 | 3\n2025 | 4"
    assert result.sections[0].header == "Year | Sum"
    assert text("<table><tr><td><h2>Menu</h2>x<td>y</table>") == "Menu\n\nx\n\ny"
    assert text("<table><tr><td>alone</table>") == "alone"


def test_any_depth_is_walked() -> None:
    assert text("<div>" * 3000 + "core" + "</div>" * 3000) == "core"


def test_the_declared_charset_is_found() -> None:
    assert declared_charset(b"<html><meta charset=GBK>") == "GBK"
    assert declared_charset(b'<META http-equiv="Content-Type" content="text/html; charset=Shift_JIS">') == "Shift_JIS"
    assert declared_charset(b'<?xml version="1.0" encoding="big5"?>') == "big5"
    assert declared_charset(b"<p>charset=none</p>") is None
