"""Which format reads a file: bytes before names, and a reason for each kind that none reads."""

from __future__ import annotations

import struct
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from indexer.content import Content
from indexer.document import FileState
from indexer.errors import ExtractionFailed
from indexer.registry import choose, entries

ROOT = Path(__file__).parents[2]


def chosen(name: str, data: bytes) -> str:
    return choose(Content(name, data=data)).format_id


def refused(name: str, data: bytes) -> ExtractionFailed:
    with pytest.raises(ExtractionFailed) as caught:
        choose(Content(name, data=data))
    return caught.value


def package(*names: str, **contents: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
        for name, text in contents.items():
            archive.writestr(name, text)
    return packed.getvalue()


def compound(stream: str) -> bytes:
    """The first sectors of an OLE file whose directory names one stream."""
    name = stream.encode("utf-16-le")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(30, b"\0") + struct.pack("<H", 9)
    header = header.ljust(48, b"\0") + struct.pack("<I", 0)
    return header.ljust(512, b"\0") + (name.ljust(64, b"\0") + struct.pack("<H", len(name) + 2)).ljust(512, b"\0")


@pytest.mark.parametrize(
    ("name", "data", "format_id"),
    [
        ("notes", b"plain words", "text"),
        ("notes.strange", "有些文字".encode("gbk"), "text"),
        ("page.txt", b"<!DOCTYPE html><p>x", "text"),
        ("page", b"<!-- x --> <!DOCTYPE html><p>x", "html"),
        ("page.pdf", b"<html><p>x", "html"),
        ("paper.html", b"%PDF-1.7\n1 0 obj", "pdf"),
        ("run", b"#!/bin/sh\necho", "code"),
        ("Makefile", b"all:\n", "code"),
        ("data.xml", b"<?xml version='1.0'?><a/>", "structured"),
        ("feed", b"<?xml version='1.0'?><rss/>", "structured"),
        ("1.", b"Received: x\nFrom: a@b\nMessage-ID: <1>\nSubject: y\n\nz", "eml"),
        ("Inbox", b"From a@b Mon Mar  2 09:00:00 2026\nFrom: a\n\nx", "mbox"),
        ("x.bin", package("word/document.xml"), "docx"),
        ("x.docx", package("a.txt"), "zip"),
        ("x.zip", package(mimetype="application/epub+zip"), "epub"),
        ("x", package(mimetype="application/vnd.oasis.opendocument.text"), "opendocument"),
        ("x", compound("Workbook"), "spreadsheet"),
        ("x", compound("__properties_version1.0"), "msg"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(30), "image"),
        ("a.txt", b"\xff\xd8\xff\xe0" + bytes(30), "image"),
        ("scan", b"II*\0" + bytes(30), "image"),
        ("a.bmp", b"BM" + bytes(12) + b"\x28\0\0\0" + bytes(30), "image"),
    ],
)
def test_content_decides_and_the_name_helps(name: str, data: bytes, format_id: str) -> None:
    assert chosen(name, data) == format_id


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.nef", b"MM\0*" + bytes(30), "a picture"),
        ("a", b"RIFF\0\0\0\0WAVEfmt " + bytes(30), "a sound recording"),
        ("a", bytes(4) + b"ftypisom" + bytes(30), "a video"),
        ("a", bytes(4) + b"ftypheic" + bytes(30), "a picture"),
        ("a.exe", b"MZ\x90\0" + bytes(60), "a program"),
        ("a.whl", package("x/__init__.py"), "a program"),
        ("a.so", b"\x7fELF" + bytes(60), "a program"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(60), "unpack it first"),
        ("old.doc", compound("WordDocument"), "save it as .docx"),
        ("x", compound("PowerPoint Document"), "save it as .pptx"),
        ("thing.qqq", bytes(range(256)), "can't read"),
    ],
)
def test_other_kinds_are_named(name: str, data: bytes, words: str) -> None:
    failure = refused(name, data)
    assert failure.state is FileState.UNSUPPORTED
    assert words in failure.reason
    assert failure.reason.endswith(".")


def test_a_locked_office_file_is_encrypted_and_a_broken_zip_damaged() -> None:
    assert refused("a.docx", compound("EncryptedPackage")).state is FileState.ENCRYPTED
    assert refused("a.zip", b"PK\x03\x04" + bytes(90)).state is FileState.DAMAGED
    assert refused("a.zip", b"").state is FileState.EMPTY


def test_listing_the_room_loads_no_heavy_library() -> None:
    heavy = "{'pypdfium2', 'python_calamine', 'selectolax', 'striprtf', 'oxmsg', 'puremagic', 'charset_normalizer'}"
    program = f"import sys; from indexer.registry import entries; entries(); print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
    assert entries()[-1].format_id == "text"
