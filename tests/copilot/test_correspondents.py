"""Names out of real mail files, read by the real formats into a real library."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot.correspondents import Correspondents, address_lines
from indexer.indexing import Indexing
from indexer.reporter import Silent
from indexer.store.library import Folder, Store

MAIL = (
    "From: {sender}\nTo: Jon Baker <jon@harbour.example>\nSubject: {subject}\n"
    "Date: Mon, 2 Mar 2026 09:00:00 +0000\n\n{body}\n"
)


def write(folder: Path, name: str, sender: str, body: str = "See you.") -> None:
    (folder / name).write_text(MAIL.format(sender=sender, subject="Boats", body=body), "utf-8")


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    folder = tmp_path / "mail"
    folder.mkdir()
    write(folder, "one.eml", "Tuulikki Aho <tuulikki@vantaawind.fi>", "From: Nobody Quoted <nobody@example.com>")
    (folder / "note.txt").write_text("From: Plain Text <plain@example.com>\n", "utf-8")
    box = MAIL.format(sender='"欧阳若兰" <ruolan@vantaawind.fi>', subject="船", body="好")
    (folder / "old.mbox").write_text(f"From ruolan@vantaawind.fi Mon Mar  2 09:00:00 2026\n{box}\n", "utf-8")
    return folder


def test_names_come_from_mail_and_from_what_came_since(tmp_path: Path, mail: Path) -> None:
    with Store.open(tmp_path / "library.db", bytes(32)) as store:
        store.put_folder(Folder(str(mail)))
        names = Correspondents()
        assert names.known(store).people == ()
        index = Indexing(store, None, workers=1)
        index.run(store.folders(), Silent())
        known = names.known(store)
        assert {"Tuulikki Aho", "Jon Baker", "欧阳若兰"} <= set(known.people)
        assert {"Nobody Quoted", "Plain Text"}.isdisjoint(known.people)
        assert "Vantaawind" in known.organizations
        assert names.known(store) is known  # nothing changed: nothing is read again
        write(mail, "two.eml", "Aino Virtanen <aino@example.org>")
        index.run(store.folders(), Silent())
        assert {"Aino Virtanen", "Tuulikki Aho"} <= set(names.known(store).people)


def test_only_the_headers_count() -> None:
    opening = "From: A B <a@b.c>\nTo: C D <c@d.e>\nSubject: From: x\n\nFrom: E F <e@f.g>\n"
    assert address_lines(opening) == ["From: A B <a@b.c>", "To: C D <c@d.e>"]
