"""Pages that are pictures, from the disk to text that is found and shown: real workers, a real library, a recognizer
that reads only what tests wrote."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from copilot.engines.rehearsal import RehearsalRecognizer
from copilot.errors import ModelError
from indexer.document import FileState
from indexer.indexing import Indexing, RunSummary
from indexer.pictures import Box, Picture, TextLine
from indexer.reading import NO_TEXT, Reading
from indexer.reporter import Cancelled, Progress, Silent
from indexer.runs import PagesRead
from indexer.store.library import Store
from indexer.store.records import Folder
from indexer.transcript import boxes_of
from indexer.words import query_words
from tests.fakes import KEY, WatchedEmbedder, WatchedReporter
from tests.pictures import printed, rehearsed, scan


class WatchedRecognizer(RehearsalRecognizer):
    """Counts the pictures it was given; `before` is called first and may raise."""

    def __init__(self, before: Callable[[], None] | None = None) -> None:
        self.read_pictures = 0
        self._before = before

    def read(self, picture: Picture) -> tuple[TextLine, ...]:
        if self._before is not None:
            self._before()
        self.read_pictures += 1
        return super().read(picture)


class LineRecognizer(WatchedRecognizer):
    """Reads any picture as the same line, numbered by the order of reading."""

    def read(self, picture: Picture) -> tuple[TextLine, ...]:
        super().read(picture)
        return (TextLine(f"Kiwi harvest sheet {self.read_pictures}", Box(10, 20, 200, 30), 0.9),)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library" / "library.db", KEY) as opened:
        yield opened


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "files"
    path.mkdir()
    return path


def index(store: Store, root: Path, embedder: WatchedEmbedder | None = None) -> RunSummary:
    if not store.folders():
        store.put_folder(Folder(str(root)))
    return Indexing(store, embedder, workers=1).run(store.folders(), Silent())


def read(store: Store, root: Path, recognizer: WatchedRecognizer, embedder: WatchedEmbedder | None = None) -> PagesRead:
    return Reading(store, recognizer, embedder).run((str(root),), Silent())


def found(store: Store, text: str) -> dict[str, int | None]:
    """Names of the files whose text has any of these words, with the page where it stands."""
    hits = store.search_words(query_words(text), 100)
    stored = store.chunk_hits([hit.chunk_id for hit in hits])
    return {one.path.rpartition("/")[2]: one.chunk.page for one in stored}


def state(store: Store, path: Path | str) -> tuple[FileState, str]:
    document = store.browser.document(str(path))
    assert document is not None
    return document.state, document.reason


def test_a_picture_waits_and_is_found_once_it_was_read(store: Store, root: Path) -> None:
    rehearsed("Plums ripen in August.\nPears in September.").save(root / "garden.png")
    embedder, recognizer = WatchedEmbedder(), WatchedRecognizer()
    summary = index(store, root, embedder)
    assert (summary.files, summary.skipped, summary.waiting, summary.failed) == (1, 1, 1, 0)
    assert state(store, root / "garden.png")[0] is FileState.WAITING
    assert store.counts().waiting == 1
    assert found(store, "plums") == {}
    assert read(store, root, recognizer, embedder) == PagesRead(1, 1)
    assert found(store, "plums") == {"garden.png": 1}
    assert state(store, root / "garden.png") == (FileState.INDEXED, "")
    (hit,) = store.search_vectors(embedder.embed_query("pears in September"), 1)
    assert store.chunk_hits([hit.chunk_id])[0].format_id == "image"
    assert store.counts().waiting == 0
    assert store.check().sound


def test_nothing_is_read_twice(store: Store, root: Path) -> None:
    rehearsed("Plums ripen in August.").save(root / "garden.png")
    recognizer = WatchedRecognizer()
    index(store, root)
    read(store, root, recognizer)
    shutil.copy(root / "garden.png", root / "copy.png")
    (root / "garden.png").rename(root / "moved.png")
    for _ in range(2):
        index(store, root)
        assert read(store, root, recognizer) == PagesRead()
    assert recognizer.read_pictures == 1
    assert found(store, "plums") == {"copy.png": 1, "moved.png": 1}


def test_two_copies_that_wait_are_read_once(store: Store, root: Path) -> None:
    rehearsed("Plums ripen in August.").save(root / "a.png")
    shutil.copy(root / "a.png", root / "b.png")
    recognizer = WatchedRecognizer()
    index(store, root)
    assert read(store, root, recognizer) == PagesRead(1, 2)
    assert set(found(store, "plums")) == {"a.png", "b.png"}


def test_pages_of_text_and_pages_of_pictures_become_one_document_in_order(store: Store, root: Path) -> None:
    sheet = printed(("A sheet as scanners make them",))
    (root / "mixed.pdf").write_bytes(scan("Apples are on the first page and they are plain text.", sheet, sheet))
    summary = index(store, root)
    assert (summary.indexed, summary.waiting) == (1, 1)
    assert found(store, "apples") == {"mixed.pdf": 1}
    assert state(store, root / "mixed.pdf")[1].endswith("text recognition: 2.")
    assert [file.path for file in store.browser.files("", "waiting", "", 10)[0]] == [str(root / "mixed.pdf")]
    read(store, root, LineRecognizer())
    assert found(store, "apples") == {"mixed.pdf": 1}
    assert found(store, "kiwi sheet") == {"mixed.pdf": 2} or set(found(store, "kiwi")) == {"mixed.pdf"}
    document = store.browser.document(str(root / "mixed.pdf"))
    assert document is not None
    assert [section.page for section in document.sections] == [1, 2, 3]
    assert document.text.index("first page") < document.text.index("sheet 1") < document.text.index("sheet 2")
    assert state(store, root / "mixed.pdf") == (FileState.INDEXED, "")
    assert store.check().sound


def test_members_are_read_and_their_archive_is_found_by_them(store: Store, root: Path) -> None:
    rehearsed("Plums ripen in August.").save(root / "garden.png")
    printed(("No rehearsal",)).save(root / "other.png")
    with zipfile.ZipFile(root / "all.zip", "w") as archive:
        for name in ("garden.png", "other.png"):
            archive.write(root / name, name)
            (root / name).unlink()
    index(store, root)
    assert state(store, root / "all.zip")[0] is FileState.WAITING
    read(store, root, WatchedRecognizer())
    assert found(store, "plums") == {"garden.png": 1}
    assert state(store, root / "all.zip")[0] is FileState.INDEXED
    assert state(store, f"{root / 'all.zip'}!/other.png") == (FileState.EMPTY, NO_TEXT)
    assert store.check().sound


def test_a_picture_without_text_is_empty_and_says_so(store: Store, root: Path) -> None:
    printed(("nothing that the rehearsal reads",)).save(root / "view.png")
    index(store, root)
    assert read(store, root, WatchedRecognizer()) == PagesRead(1, 1)
    assert state(store, root / "view.png") == (FileState.EMPTY, NO_TEXT)
    assert index(store, root).waiting == 0


def test_a_stop_in_the_middle_costs_the_page_in_hand(store: Store, root: Path) -> None:
    (root / "long.pdf").write_bytes(scan(*(printed((f"Sheet {number}",)) for number in range(4))))
    index(store, root)
    reporter = WatchedReporter(stop_when=lambda event: event.stage == "recognize" and event.done == 2)

    class Stopping(LineRecognizer):
        def read(self, picture: Picture) -> tuple[TextLine, ...]:
            reporter.check()
            return super().read(picture)

    first = Stopping()
    with pytest.raises(Cancelled):
        Reading(store, first).run((str(root),), reporter)
    assert first.read_pictures == 2
    assert state(store, root / "long.pdf")[0] is FileState.WAITING
    second = LineRecognizer()
    assert read(store, root, second) == PagesRead(2, 1)
    assert {event.stage for event in reporter.events} == {"recognize"}
    assert [event.total for event in reporter.events] == [4, 4, 4]
    document = store.browser.document(str(root / "long.pdf"))
    assert document is not None
    assert [section.page for section in document.sections] == [1, 2, 3, 4]


def test_a_file_that_changed_meanwhile_is_left_to_the_next_scan(store: Store, root: Path) -> None:
    path = root / "garden.png"
    rehearsed("Plums ripen in August.").save(path)
    index(store, root)
    changing = WatchedRecognizer()
    rehearsed("Cherries ripen in June, and there are many more of them.").save(path)
    assert read(store, root, changing) == PagesRead()
    assert state(store, path)[0] is FileState.WAITING
    index(store, root)
    read(store, root, changing)
    assert found(store, "cherries") == {"garden.png": 1}
    assert found(store, "plums") == {}


def test_text_of_a_file_that_goes_goes_with_it(store: Store, root: Path) -> None:
    rehearsed("Plums ripen in August.").save(root / "garden.png")
    index(store, root)
    read(store, root, WatchedRecognizer())
    (file,) = store.known_files(str(root))
    assert store.scans.page(file.digest, 1) is not None
    (root / "garden.png").unlink()
    index(store, root)
    assert store.scans.page(file.digest, 1) is None
    assert store.check().sound


def test_a_page_that_can_not_be_drawn_does_not_stop_the_others(store: Store, root: Path) -> None:
    whole = root / "whole.png"
    rehearsed("Plums ripen in August.").save(whole)
    data = whole.read_bytes()
    (root / "half.png").write_bytes(data[: data.index(b"IDAT") + 10])
    summary = index(store, root)
    assert summary.waiting == 2
    read(store, root, WatchedRecognizer())
    assert found(store, "plums") == {"whole.png": 1}
    assert state(store, root / "half.png")[0] is FileState.DAMAGED
    assert index(store, root).waiting == 0


def test_a_picture_that_the_model_fails_with_does_not_keep_it_from_the_others(store: Store, root: Path) -> None:
    for number in range(5):
        rehearsed(f"Kiwi {number}").save(root / f"{number}.png")
    index(store, root)
    failures = iter([None, ModelError("m", "CPU", "broken")])

    def fail() -> None:
        if (failure := next(failures, None)) is not None:
            raise failure

    assert read(store, root, WatchedRecognizer(fail)).files == 4
    assert len(store.scans.waiting((str(root),))) == 1
    assert read(store, root, WatchedRecognizer()).files == 1


def test_a_model_that_fails_with_everything_is_told(store: Store, root: Path) -> None:
    for number in range(5):
        rehearsed(f"Kiwi {number}").save(root / f"{number}.png")
    index(store, root)

    def fail() -> None:
        raise ModelError("m", "CPU", "broken")

    with pytest.raises(ModelError):
        read(store, root, WatchedRecognizer(fail))
    assert len(store.scans.waiting((str(root),))) == 5


def test_only_what_lies_below_is_read(store: Store, root: Path) -> None:
    for name in ("wanted", "other"):
        rehearsed(f"Plums of {name}.").save(root / f"{name}.png")
    index(store, root)
    Reading(store, WatchedRecognizer()).run((str(root / "wanted.png"),), Silent())
    assert found(store, "plums") == {"wanted.png": 1}
    assert store.counts().waiting == 1


def test_lines_keep_their_places_and_a_quote_finds_its_boxes(store: Store, root: Path) -> None:
    rehearsed("Plums ripen in August.\nPears in September.").save(root / "garden.png")
    index(store, root)
    read(store, root, WatchedRecognizer())
    (file,) = store.known_files(str(root))
    page = store.scans.page(file.digest, 1)
    assert page is not None
    assert [line.text for line in page.lines] == ["Plums ripen in August.", "Pears in September."]
    assert boxes_of("Pears in September.", page.lines, 1.0) == (Box(0, 1, 48, 1),)
    assert [box.y for box in boxes_of("August.\nPears", page.lines, 10.0)] == [0, 10]


def test_progress_says_how_much_is_left(store: Store, root: Path) -> None:
    (root / "long.pdf").write_bytes(scan(*(printed((f"Sheet {number}",)) for number in range(3))))
    index(store, root)
    reporter = WatchedReporter()
    Reading(store, LineRecognizer()).run((str(root),), reporter)
    told = [event for event in reporter.events if event.stage == "recognize"]
    assert [(event.done, event.total) for event in told] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert told[0].seconds_left is None
    assert told[1].seconds_left is not None
    assert all(isinstance(event, Progress) and event.subject == str(root / "long.pdf") for event in told)
