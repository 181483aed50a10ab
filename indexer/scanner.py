"""What happened to the files of one folder since the library last looked: new, changed, moved, copied, touched, gone.

Only looks; nothing is written and nothing but digests is read. What is left out is ignoring.py's business, what becomes
of the findings indexing.py's.

Decision: size and modification time decide first, as in every fast program of this kind. A file is read only when that
leaves a doubt: a new path whose size is that of a file we know may be a move or a copy, and a new time on the same size
may be a mere touch. Reading and hashing costs far less than extracting and embedding again.

Decision: no link to a file is followed. One to a file inside the folder would show the same file twice, one to a file
outside would carry it over the border that the person drew. A link to a folder is followed when it leads to a place
inside the root that the walk did not come to by itself.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.document import FileState, SourceFile
from indexer.errors import FolderMissing, FolderUnreadable
from indexer.ignoring import CACHE_TAG, IGNORE_FILE, Rules, hidden_by_system, rules_above
from indexer.reporter import Progress, Reporter, Silent
from indexer.runs import Failure
from indexer.store.records import Folder, KnownFile

_REPORT_EVERY = 4_096
_SETTLED = frozenset({FileState.INDEXED, FileState.PENDING, FileState.WAITING, FileState.EMPTY, FileState.UNSUPPORTED})
"""A file in another state is read again when it is named itself: the limits may be wider now."""


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What to do about one folder. The sources carry a digest where somebody had to read the file anyway."""

    new: tuple[SourceFile, ...] = ()
    changed: tuple[SourceFile, ...] = ()
    moved: tuple[tuple[str, SourceFile], ...] = ()
    """Old path, and the same content at its new one."""
    copied: tuple[SourceFile, ...] = ()
    """New paths of content that the library has and still finds elsewhere."""
    touched: tuple[SourceFile, ...] = ()
    """Same content, new modification time."""
    gone: tuple[str, ...] = ()
    unchanged: tuple[KnownFile, ...] = ()
    skipped: int = 0
    """Files that a rule leaves out, and links to files; not what lies in folders that are left out as a whole."""
    problems: tuple[Failure, ...] = ()
    """Folders and files that could not be looked at. What the library knows of them is kept."""


def scan(
    folder: Folder,
    known: Iterable[KnownFile],
    *,
    elsewhere: Iterable[KnownFile] = (),
    only: tuple[str, ...] = (),
    apart: tuple[str, ...] = (),
    closed: tuple[str, ...] = (),
    reporter: Reporter | None = None,
) -> ScanResult:
    """Compare a folder with what is known of it.

    `elsewhere` are known files of other folders, so that a copy of one is recognized. With `only`, paths below the
    folder, nothing else is looked at, nothing else is called gone, and a file named there that failed is tried again.
    `apart` are folders inside this one that the person added on their own: they are none of this scan's business.
    `closed` are folders and files that must not be looked into, by whatever path they are reached; what is known of
    them counts as gone. Raises FolderMissing when the folder is not there (a drive that is not connected must not
    empty the library), FolderUnreadable, and Cancelled.
    """
    walk = _Walk(folder, frozenset(apart), closed, reporter or Silent())
    by_path = {file.path: file for file in known}
    walk.check_root()
    for path in only or (folder.path,):
        walk.enter(path)
    return _compare(walk, by_path, elsewhere, (*apart, *(problem.path for problem in walk.problems)), only)


def digest_of(path: str) -> str:
    """BLAKE2b-256 of a file's bytes in hex. Raises OSError."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=32)).hexdigest()


def below(path: str, folder: str) -> bool:
    """Whether `path` is `folder` or lies in it."""
    return path == folder or path.startswith(folder if folder.endswith(os.sep) else folder + os.sep)


class _Walk:
    """Collects (path, size, modified_ns) of every file that no rule leaves out."""

    def __init__(self, folder: Folder, apart: frozenset[str], closed: tuple[str, ...], reporter: Reporter) -> None:
        self.found: list[tuple[str, int, int]] = []
        self.skipped = 0
        self.problems: list[Failure] = []
        self._root = folder.path
        self._prefix = len(self._root) if self._root.endswith(os.sep) else len(self._root) + 1
        self._excludes = folder.excludes
        self._apart = apart
        self._closed = tuple(os.path.realpath(path) for path in closed)
        self._reporter = reporter
        self._folders: list[tuple[str, Rules]] = []
        self._links: list[tuple[str, Rules]] = []
        # What is closed counts as seen: known by itself, not by its name, it stays closed behind links and mounts.
        self._seen: set[tuple[int, int]] = {identity for path in closed if (identity := _identity(path))}
        self._next_report = _REPORT_EVERY

    def check_root(self) -> os.stat_result:
        """Raises FolderMissing and FolderUnreadable."""
        try:
            status = os.stat(self._root)
            if stat.S_ISDIR(status.st_mode):
                os.scandir(self._root).close()
        except (FileNotFoundError, NotADirectoryError):
            raise FolderMissing(self._root) from None
        except OSError as error:
            raise FolderUnreadable(self._root) from error
        return status

    def enter(self, path: str) -> None:
        """Walk what is at `path`, the root or something below it. The root must be there, anything else may be gone."""
        if self._is_closed(os.path.realpath(path)):
            return
        is_root = path == self._root
        try:
            status = os.stat(path) if is_root else os.lstat(path)
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            self.problems.append(Failure(path, reason_of(error)))
            return
        rules = rules_above(self._root, self._excludes, path)
        if rules is None:
            return
        is_folder = stat.S_ISDIR(status.st_mode)
        if not is_root and (
            rules.excludes(self._relative(path), os.path.basename(path), is_folder=is_folder)
            or hidden_by_system(status)
        ):
            self.skipped += not is_folder and os.path.basename(path) != IGNORE_FILE
        elif is_folder:
            self._folders.append((path, rules))
            self._run()
        elif stat.S_ISREG(status.st_mode):
            self.found.append((path, status.st_size, status.st_mtime_ns))

    def _run(self) -> None:
        while self._folders or self._links:
            if self._folders:
                self._list(*self._folders.pop())
            else:
                # Links wait until all that is reachable without them has been seen.
                path, rules = self._links.pop()
                target = os.path.realpath(path)
                inside = below(target, os.path.realpath(self._root)) and not self._is_closed(target)
                if inside and os.path.isdir(target):
                    self._folders.append((path, rules))

    def _list(self, path: str, rules: Rules) -> None:
        self._reporter.check()
        try:
            status = os.stat(path)
            identity = (status.st_dev, status.st_ino)
            if identity in self._seen or (path in self._apart and path != self._root):
                return
            self._seen.add(identity)
            with os.scandir(path) as listing:
                entries = list(listing)
        except OSError as error:
            self.problems.append(Failure(path, reason_of(error)))
            return
        names = {entry.name for entry in entries}
        if CACHE_TAG in names:
            return
        if IGNORE_FILE in names:
            rules = rules.inside(self._relative(path), path)
        for entry in entries:
            try:
                self._look_at(entry, rules)
            except FileNotFoundError:
                continue  # vanished between the listing and the look
            except OSError as error:
                self.problems.append(Failure(entry.path, reason_of(error)))
        if len(self.found) >= self._next_report:
            self._next_report = len(self.found) + _REPORT_EVERY
            self._reporter.report(Progress("scan", len(self.found)))

    def _look_at(self, entry: os.DirEntry[str], rules: Rules) -> None:
        path, name = entry.path, entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if rules.excludes(self._relative(path), name, is_folder=is_folder):
            self.skipped += not is_folder and name != IGNORE_FILE
        elif is_folder:
            if not hidden_by_system(entry.stat(follow_symlinks=False)):
                self._folders.append((path, rules))
        elif entry.is_file(follow_symlinks=False):
            status = entry.stat(follow_symlinks=False)
            if hidden_by_system(status) or (self._closed and self._is_closed(path)):
                self.skipped += 1
            else:
                self.found.append((path, status.st_size, status.st_mtime_ns))
        elif entry.is_symlink():
            if entry.is_dir():
                self._links.append((path, rules))
            else:
                self.skipped += 1

    def _is_closed(self, path: str) -> bool:
        return any(below(path, closed) for closed in self._closed)

    def _relative(self, path: str) -> str:
        relative = path[self._prefix :]
        return relative if os.sep == "/" else relative.replace(os.sep, "/")


def _compare(
    walk: _Walk,
    by_path: dict[str, KnownFile],
    elsewhere: Iterable[KnownFile],
    kept: Sequence[str],
    only: tuple[str, ...],
) -> ScanResult:
    """Sort what was found into kinds. `by_path` is used up: what is left in it was not found."""
    fresh: list[SourceFile] = []
    changed: list[SourceFile] = []
    touched: list[SourceFile] = []
    unchanged: list[KnownFile] = []
    for path, size, modified_ns in walk.found:
        old = by_path.pop(path, None)
        if old is None:
            fresh.append(SourceFile(path, size, modified_ns))
            continue
        again = old.state is FileState.UNREADABLE or (path in only and old.state not in _SETTLED)
        if old.size == size and old.modified_ns == modified_ns and not again:
            unchanged.append(old)
        else:
            digest = _digest_or_nothing(path) if old.size == size and old.digest and not again else ""
            (touched if digest and digest == old.digest else changed).append(
                SourceFile(path, size, modified_ns, digest)
            )
    gone = {
        path: file
        for path, file in by_path.items()
        if (not only or any(below(path, part) for part in only)) and not any(below(path, part) for part in kept)
    }
    new, moved, copied = _recognize(fresh, gone, (*unchanged, *elsewhere) if fresh else ())
    return ScanResult(
        new=tuple(new),
        changed=tuple(changed),
        moved=tuple(moved),
        copied=tuple(copied),
        touched=tuple(touched),
        gone=tuple(gone),
        unchanged=tuple(unchanged),
        skipped=walk.skipped,
        problems=tuple(walk.problems),
    )


def _recognize(
    fresh: list[SourceFile], gone: dict[str, KnownFile], present: Iterable[KnownFile]
) -> tuple[list[SourceFile], list[tuple[str, SourceFile]], list[SourceFile]]:
    """Tell moved and copied files from new ones. What has moved is taken out of `gone`."""
    candidates: defaultdict[tuple[int, str], list[KnownFile]] = defaultdict(list)
    for file in (*gone.values(), *present):
        if file.size and file.digest:
            candidates[file.size, _suffix(file.path)].append(file)
    new: list[SourceFile] = []
    moved: list[tuple[str, SourceFile]] = []
    copied: list[SourceFile] = []
    for found in fresh:
        alike = candidates.get((found.size, _suffix(found.path)))
        digest = _digest_or_nothing(found.path) if alike else ""
        same = [file for file in alike or () if file.digest == digest]
        source = SourceFile(found.path, found.size, found.modified_ns, digest)
        old = next((file.path for file in same if file.path in gone), None)
        if old is not None:
            del gone[old]
            moved.append((old, source))
        elif same:
            copied.append(source)
        else:
            new.append(source)
    return new, moved, copied


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _suffix(path: str) -> str:
    """A file with another ending may be read by another format, so its text is not known yet."""
    return os.path.splitext(path)[1].lower()


def _digest_or_nothing(path: str) -> str:
    try:
        return digest_of(path)
    except OSError:
        return ""  # extraction will meet the same error and record it


def reason_of(error: OSError) -> str:
    """Why the system would not let us read something, as a sentence."""
    if isinstance(error, PermissionError):
        return "Your user account may not read it."
    return f"The system could not read it ({error.strerror or type(error).__name__})."
