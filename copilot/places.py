"""Which folders may be in the library: what IT allows and denies, and how the library is made to agree.

Refusing a folder when it is added is the composition root's, passing over what is closed inside a folder the scanner's.

Decision: a folder that was indexed before IT closed it is forgotten, text and vectors and all, as soon as a process
opens the library; one that came to read only writes for that moment. To leave it searchable would make the rule one for
new folders only.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from copilot.errors import FolderForbidden, PolicyInvalid
from copilot.settings.schema import Settings
from indexer.store.library import Store


@dataclass(frozen=True, slots=True)
class Places:
    """`allowed` and `denied` are absolute paths, as written and with their links followed; no `allowed` allows all."""

    allowed: tuple[Path, ...] = ()
    denied: tuple[Path, ...] = ()

    @property
    def closed(self) -> tuple[str, ...]:
        return tuple(map(str, self.denied))

    def check(self, path: str) -> None:
        """May this folder or file be in the library? Where it really lies counts, too. Raises FolderForbidden."""
        if not self.permit(path):
            raise FolderForbidden(path)

    def permit(self, path: str) -> bool:
        names = (Path(path), Path(path).resolve())
        if any(name.is_relative_to(place) for name in names for place in self.denied):
            return False
        return not self.allowed or any(names[1].is_relative_to(place) for place in self.allowed)


def places(settings: Settings) -> Places:
    """Raises PolicyInvalid for a path that means nothing: `~` is the person's own folder, all others are absolute."""
    return Places(_read("folders_allowed", settings.folders_allowed), _read("folders_denied", settings.folders_denied))


def _read(rule: str, texts: tuple[str, ...]) -> tuple[Path, ...]:
    found: list[Path] = []
    for text in texts:
        path = Path(text).expanduser()
        if not path.is_absolute():
            raise PolicyInvalid(rule, f"{text!r} is no absolute path.")
        found += [path, path.resolve()]
    return tuple(dict.fromkeys(found))


def agrees(store: Store, places: Places) -> bool:
    """Is there nothing in the library that may not be there any more?"""
    permitted = all(places.permit(folder.path) for folder in store.folders())
    return permitted and not any(store.known_files(path) for path in places.closed)


def withdraw(store: Store, places: Places) -> None:
    """Forget what may not be in the library any more."""
    for folder in store.folders():
        if not places.permit(folder.path):
            store.drop_folder(folder.path)
    for path in places.closed:
        if files := tuple(file.path for file in store.known_files(path)):
            store.drop_files(files)
