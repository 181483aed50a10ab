"""Folders with their sums, files with their states, documents with sections whose spans hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.chunker import chunk
from indexer.document import Document, Extracted, FileState, Section, SectionKind, Span
from indexer.store.library import Store
from indexer.words import segment
from tests.indexer.store.material import KEY, extracted, failed, put, source_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db", KEY) as store:
        yield store


def test_a_folder_counts_what_lies_in_it_and_nothing_else(store: Store) -> None:
    put(store, "/team/a.txt", "a" * 300)
    put(store, "/team/mail.eml", "b" * 100, extracted("/team/mail.eml!/c.pdf", "c" * 200))
    store.put_file(source_of("/team/sub/d.pdf", "dd"), (failed("/team/sub/d.pdf"),))
    store.put_file(source_of("/team/e.bin", "e"), (failed("/team/e.bin", FileState.UNSUPPORTED),))
    put(store, "/teams/f.txt", "f")
    has = store.browser.folder_sum("/team")
    assert (has.files, has.indexed, has.pending, has.failed) == (4, 2, 0, 1)
    assert has.chunks == 3 + 1 + 2
    assert has.bytes == 300 + 100 + 2 + 1
    assert store.browser.folder_sum("/nowhere").files == 0


def test_files_by_folder_state_and_text(store: Store) -> None:
    put(store, "/team/Übersicht.txt", "a")
    put(store, "/team/合同.txt", "b", extracted("/team/合同.txt!/附件.pdf", "c"))
    store.put_file(source_of("/team/bad.pdf", "d"), (failed("/team/bad.pdf"),))
    store.put_file(source_of("/other/empty.txt", ""), (failed("/other/empty.txt", FileState.EMPTY),))

    def paths(folder: str = "", state: str = "", text: str = "", limit: int = 10) -> list[str]:
        return [line.path for line in store.browser.files(folder, state, text, limit)[0]]

    assert paths("/team", "failed") == paths("", "failed") == paths("", "damaged") == ["/team/bad.pdf"]
    assert paths("/team", "", "übersicht") == ["/team/Übersicht.txt"]
    assert paths("/team/合同.txt") == ["/team/合同.txt", "/team/合同.txt!/附件.pdf"]
    assert paths("", "empty") == ["/other/empty.txt"]
    lines, total = store.browser.files("", "", "", 2)
    assert (len(lines), total) == (2, 5)
    assert lines[1].reason == "It can't be read."


def test_a_document_comes_back_with_the_places_of_its_chunks(store: Store) -> None:
    text = "Intro here.\n\n" + "First page. " * 120 + "\n\nname | price\nbolt | 3\n\nnut | 4"
    table = text.index("name |")
    sections = (
        Section(Span(0, 11), ("Guide",), page=1),
        Section(Span(13, table - 2), ("Guide", "Body"), page=1),
        Section(
            Span(table, len(text)), ("Guide", "Prices"), SectionKind.TABLE, page=2, first_row=7, header="name | price"
        ),
    )
    source = source_of("/team/guide.pdf", text)
    document = Document(source, "Guide to bolts", text, sections, "en", "pdf")
    chunks = chunk(document)
    words = tuple(segment(one.text) for one in chunks)
    store.put_file(source, (Extracted(source, FileState.INDEXED, "", document, chunks, words),))

    view = store.browser.document("/team/guide.pdf")
    assert view is not None
    assert view.text == text
    assert (view.title, view.format_id, view.digest) == ("Guide to bolts", "pdf", source.digest)
    assert [section.page for section in view.sections] == [1, 1, 2]
    body, prices = view.sections[-2:]
    assert text[body.span.start : body.span.end] == ("First page. " * 120).strip()
    assert body.heading == ("Guide", "Body")
    assert (prices.kind, prices.first_row, prices.header) == (SectionKind.TABLE, 7, "name | price")
    assert text[prices.span.start : prices.span.end].splitlines()[3] == "nut | 4"  # row 7 + 3
    assert all(one.text == view.text[one.span.start : one.span.end] for one in chunks)


def test_members_failures_and_strangers(store: Store) -> None:
    put(store, "/team/mail.eml", "outside", extracted("/team/mail.eml!/in.txt", "inside"), modified_ns=5)
    store.put_file(source_of("/team/bad.pdf", "d"), (failed("/team/bad.pdf"),))
    member, bad = store.browser.document("/team/mail.eml!/in.txt"), store.browser.document("/team/bad.pdf")
    assert member is not None
    assert member.text == "inside"
    assert bad is not None
    assert (bad.state, bad.reason, bad.text, bad.sections) == (FileState.DAMAGED, "It can't be read.", "", ())
    assert store.browser.document("/team/none") is None
