"""Text, Markdown, structured text and source code: lines stay the editor's, headings are found and nothing else is."""

from __future__ import annotations

import time

import pytest

from indexer.content import Content, FormatResult, Limits
from indexer.formats import code, markdown, structured, text


def headings(result: FormatResult) -> list[tuple[str, ...]]:
    return [section.heading for section in result.sections]


def read(name: str, source: str) -> FormatResult:
    room = {"md": markdown, "rst": markdown, "yaml": structured, "json": structured, "toml": structured}
    module = room.get(name.rpartition(".")[2], text if name.endswith("txt") else code)
    result: FormatResult = module.extract(Content(name, data=source.encode()), Limits())
    return result


def test_line_numbers_are_those_of_an_editor() -> None:
    source = "one\r\n\r\n\x0cthree\u2028still three\rfour"
    result = read("a.txt", source)
    assert result.has_lines
    assert result.text.split("\n") == ["one", "", " three still three", "four"]


def test_front_matter_names_the_document_and_fences_hide_headings() -> None:
    result = read("a.md", "---\ntags: x\ntitle: 'Real'\n---\n\n~~~\n# no\n~~~\n\n# Yes #\n\ntext\n\n### Deep\n")
    assert result.title == "Real"
    assert headings(result) == [(), (), ("Yes",), ("Yes", "Deep")]
    assert [section.kind.value for section in result.sections] == ["text", "code", "text", "text"]


@pytest.mark.parametrize(
    "source", ["a\n\n---\n\nb", "| a |\n|---|\n| b |\n", "- item\n---\n", "#tag\ntext", "    code\n    ====\n"]
)
def test_rules_tables_and_tags_are_no_headings(source: str) -> None:
    assert headings(read("a.md", source)) == [()]


def test_restructured_text_learns_its_levels_from_their_order() -> None:
    result = read("a.rst", "Top\n***\n\nx\n\nPart\n~~~~\n\ny\n\nPoint\n^^^^^\n\nz\n\nNext\n~~~~\n\nw\n")
    assert headings(result) == [("Top",), ("Top", "Part"), ("Top", "Part", "Point"), ("Top", "Next")]
    assert result.title == "Top"


def test_top_level_keys_are_headings() -> None:
    assert headings(read("a.yaml", "# c\nname: x\nlist:\n  - inner: 1\n")) == [(), ("name",), ("list",)]
    assert headings(read("a.toml", "x = 1\n[tool.ruff]\ny = 2\n[[job]]\n")) == [(), ("tool.ruff",), ("job",)]
    assert headings(read("a.json", '{"one": {"a": 1}}')) == [()]


def test_python_definitions_carry_their_class_and_their_decorators() -> None:
    source = (
        "import x\n\nclass A:\n    @property\n    def b(self):\n        def inner(): ...\n\nasync def c(): ...\nx = 1\n"
    )
    result = read("a.py", source)
    assert headings(result) == [(), ("A",), ("A", "b"), ("A", "b", "inner"), ("c",), ()]
    assert result.text[result.sections[2].span.start :].startswith("    @property\n    def b")
    assert result.title == "a.py"


@pytest.mark.parametrize(
    ("name", "source", "heading"),
    [
        ("a.go", "func (s *Server) Start(port int) error {\n", "Start"),
        ("a.rs", "pub struct Ring<T> {\n", "Ring<T>"),
        ("a.java", "public final class Tide extends Gauge {\n", "Tide"),
        ("a.ts", "export interface Row {\n", "Row"),
        ("a.sh", "deploy_all() {\n", "deploy_all"),
        ("a.rb", "  def level(hours)\n", "level"),
        ("a.sql", "create table if not exists loans (\n", "loans"),
        ("a.c", "return compute(x)\n", ""),
        ("a.c", "    if (x)\n", ""),
    ],
)
def test_definitions_in_other_languages(name: str, source: str, heading: str) -> None:
    assert headings(read(name, source))[-1] == ((heading,) if heading else ())


@pytest.mark.parametrize("ending", ["md", "py", "c", "sh", "yaml", "json"])
def test_hostile_lines_cost_little(ending: str) -> None:
    lines = [
        "[" * 50_000,
        "a " * 190,
        "x(" * 150,
        "def f" + "(" * 50_000,
        '"' * 399,
        "@x",
        " " * 50_000 + "#",
        "-" * 300,
    ]
    begun = time.process_time()
    read(f"a.{ending}", "\n".join(lines * 60))
    assert time.process_time() - begun < 3
