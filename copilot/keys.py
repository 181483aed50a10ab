"""The only door to the keyring: the key that the library is encrypted with, and the API keys of cloud providers.

Decision: backends are chosen by class from a list of those that are known to encrypt. `keyring.get_keyring()` is never
asked, because with `keyrings.alt` installed, or a PYTHON_KEYRING_BACKEND set, it hands out a plain-text file without
a word. Without a secure backend a person may name a key file for the library; nothing is ever stored in the open by
itself. API keys go into a secure keyring or nowhere, and only the gateway process reads them.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import re
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from copilot.errors import KeyFileDamaged, KeyFileExposed, KeyringMissing
from copilot.far_errors import ApiKeyInvalid, ApiKeyMissing, ApiKeyRefused
from copilot.paths import environment_path
from indexer.errors import StoreKeyWrong

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

KEY_BYTES = 32
SERVICE = "nearside"
LIBRARY_ENTRY = "library-key"
API_ENTRY = "api-key:"
API_KEY = re.compile(r"[!-~]{1,4096}")
"""What may stand in a header without ending it: visible ASCII, no space, no line break."""

KEY_FILE_VARIABLE = "NEARSIDE_KEY_FILE"

SECURE_BACKENDS = (
    ("keyring.backends.Windows", "WinVaultKeyring", "Windows Credential Manager"),
    ("keyring.backends.macOS", "Keyring", "macOS Keychain"),
    ("keyring.backends.SecretService", "Keyring", "Secret Service"),
    ("keyring.backends.libsecret", "Keyring", "libsecret"),
    ("keyring.backends.kwallet", "DBusKeyring", "KWallet"),
)


@dataclass(frozen=True, slots=True)
class Key:
    """32 secret bytes and, in words, where they are kept. The bytes never show in a repr."""

    secret: bytes
    kept_in: str

    def __repr__(self) -> str:
        return f"Key(kept_in={self.kept_in!r})"


@dataclass(frozen=True, slots=True)
class KeyringState:
    """The first secure backend that works, by name, or why each one does not."""

    name: str | None
    reasons: tuple[str, ...]


def library_key(library: Path) -> Key:
    """The key of the library at `library`; a fresh one when neither the key nor the library exists.

    NEARSIDE_KEY_FILE wins over the keyring. Raises KeyringMissing, KeyFileExposed, KeyFileDamaged, and StoreKeyWrong
    when the library is there and its key is gone.
    """
    key_file = environment_path(KEY_FILE_VARIABLE)
    if key_file is not None:
        return _from_file(key_file, library)
    backend, name, reasons = _secure_backend()
    if backend is None:
        raise KeyringMissing(reasons)
    try:
        kept = backend.get_password(SERVICE, LIBRARY_ENTRY)
        if kept is None:
            if library.exists():
                raise StoreKeyWrong(str(library))
            kept = secrets.token_hex(KEY_BYTES)
            backend.set_password(SERVICE, LIBRARY_ENTRY, kept)
    except _keyring_errors() as error:
        raise KeyringMissing((f"{name}: {_said(error)}",)) from None
    return Key(bytes.fromhex(kept), name)


def api_key(provider: str) -> str:
    """The key for a provider. For the gateway process alone. Raises ApiKeyMissing, ApiKeyRefused, ApiKeyInvalid."""
    with _api_keyring() as keyring:
        kept: str | None = keyring.get_password(SERVICE, API_ENTRY + provider)
    if kept is None:
        raise ApiKeyMissing(provider)
    return _checked(provider, kept)


def set_api_key(provider: str, key: str) -> None:
    """Keep a key. Raises ApiKeyInvalid, and ApiKeyRefused when there is no secure keyring."""
    key = _checked(provider, key)
    with _api_keyring() as keyring:
        keyring.set_password(SERVICE, API_ENTRY + provider, key)


def _checked(provider: str, key: str) -> str:
    if not API_KEY.fullmatch(key):
        raise ApiKeyInvalid(provider)
    return key


def remove_api_key(provider: str) -> bool:
    """Forget a key; False when there was none."""
    with _api_keyring() as keyring:
        if keyring.get_password(SERVICE, API_ENTRY + provider) is None:
            return False
        keyring.delete_password(SERVICE, API_ENTRY + provider)
        return True


def masked_api_key(provider: str) -> str | None:
    """What may be shown of a key: its last four characters; None when there is none."""
    with _api_keyring() as keyring:
        kept: str | None = keyring.get_password(SERVICE, API_ENTRY + provider)
    return None if kept is None else "…" + kept[-4:] if len(kept) >= 12 else "…"


@contextlib.contextmanager
def _api_keyring() -> Iterator[KeyringBackend]:
    backend, name, reasons = _secure_backend()
    if backend is None:
        raise ApiKeyRefused(reasons)
    try:
        yield backend
    except _keyring_errors() as error:
        raise ApiKeyRefused((f"{name}: {_said(error)}",)) from None


def keyring_state() -> KeyringState:
    """Which backend would be used, without reading or writing anything in it."""
    backend, name, reasons = _secure_backend()
    return KeyringState(name if backend is not None else None, reasons)


def _secure_backend() -> tuple[KeyringBackend | None, str, tuple[str, ...]]:
    reasons: list[str] = []
    for module_name, class_name, name in SECURE_BACKENDS:
        try:
            backend_class: type[KeyringBackend] = getattr(importlib.import_module(module_name), class_name)
            _ = backend_class.priority
        except Exception as error:  # a backend says why it can't run by raising whatever its library raises
            if _belongs_here(module_name):
                reasons.append(f"{name}: {_said(error)}")
            continue
        return backend_class(), name, ()
    return None, "", tuple(reasons)


def _belongs_here(module_name: str) -> bool:
    """Backends of other systems are no news: a person on Linux isn't told that the Keychain is missing."""
    if os.name == "nt":
        return module_name.endswith("Windows")
    return not module_name.endswith(("Windows", "macOS"))


def _said(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return text[0].rstrip(".") if text else type(error).__name__


def _keyring_errors() -> type[Exception]:
    return importlib.import_module("keyring.errors").KeyringError  # type: ignore[no-any-return]


def _from_file(key_file: Path, library: Path) -> Key:
    kept_in = f"key file {key_file}"
    if not key_file.exists():
        if library.exists():
            raise StoreKeyWrong(str(library))
        return Key(_write_new(key_file), kept_in)
    status = key_file.stat()
    # Windows keeps who may read a file in its access list; the profile folder's own list is private to the user.
    if os.name != "nt" and (status.st_mode & (stat.S_IRWXG | stat.S_IRWXO) or status.st_uid != os.getuid()):
        raise KeyFileExposed(str(key_file))
    try:
        secret = bytes.fromhex(key_file.read_text("ascii").strip())
    except ValueError:
        raise KeyFileDamaged(str(key_file)) from None
    if len(secret) != KEY_BYTES:
        raise KeyFileDamaged(str(key_file))
    return Key(secret, kept_in)


def _write_new(key_file: Path) -> bytes:
    key_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    secret = secrets.token_bytes(KEY_BYTES)
    handle = os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secret.hex() + "\n")
    return secret
