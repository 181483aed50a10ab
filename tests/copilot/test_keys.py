"""Where the library's key comes from, and what is refused."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from copilot import keys
from copilot.errors import KeyFileDamaged, KeyFileExposed, KeyringMissing
from indexer.errors import StoreKeyWrong


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "keys" / "library.key"
    monkeypatch.setenv("NEARSIDE_KEY_FILE", str(file))
    return file


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEARSIDE_KEY_FILE", raising=False)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    monkeypatch.delenv("DISPLAY", raising=False)


def test_a_missing_key_file_is_made_for_its_owner_alone(key_file: Path, library: Path) -> None:
    key = keys.library_key(library)
    assert len(key.secret) == 32
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert keys.library_key(library) == key


def test_two_key_files_hold_two_keys(key_file: Path, library: Path) -> None:
    first = keys.library_key(library)
    key_file.unlink()
    assert keys.library_key(library).secret != first.secret


def test_no_fresh_key_beside_a_library_that_has_one(key_file: Path, library: Path) -> None:
    library.write_bytes(b"ciphertext")
    with pytest.raises(StoreKeyWrong):
        keys.library_key(library)
    assert not key_file.exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_file_that_others_can_read_is_refused(key_file: Path, library: Path, mode: int) -> None:
    keys.library_key(library)
    key_file.chmod(mode)
    with pytest.raises(KeyFileExposed) as refused:
        keys.library_key(library)
    assert refused.value.path == str(key_file)


@pytest.mark.parametrize("text", ["", "abcd", "zz" * 32, "00" * 31, "00" * 33])
def test_a_key_file_with_something_else_in_it_is_refused(key_file: Path, library: Path, text: str) -> None:
    key_file.parent.mkdir()
    key_file.write_text(text)
    key_file.chmod(0o600)
    with pytest.raises(KeyFileDamaged):
        keys.library_key(library)
    assert key_file.read_text() == text


def test_without_a_keyring_nothing_is_written(no_keyring: None, library: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyringMissing) as missing:
        keys.library_key(library)
    assert "NEARSIDE_KEY_FILE" in missing.value.advice
    assert missing.value.reasons
    assert list(tmp_path.iterdir()) == []


def test_the_environment_cannot_choose_a_plain_text_keyring(
    no_keyring: None, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert keys.keyring_state().name is None
    with pytest.raises(KeyringMissing):
        keys.library_key(library)


def test_a_key_never_shows_in_a_repr(key_file: Path, library: Path) -> None:
    key = keys.library_key(library)
    assert key.secret.hex() not in repr(key)
    assert str(key.secret) not in repr(key)
