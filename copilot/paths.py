"""Where things live on this computer, and what the environment says. The only reader of either.

`NEARSIDE_HOME` puts everything below one folder; without it the platform's own folders are used.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import platformdirs

LONGEST_SOCKET_PATH = 100
"""Unix sockets take 104 (macOS) to 108 (Linux) bytes of path, the closing NUL included."""


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders of one installation. None of them needs to exist yet; `private_folder` makes one."""

    data: Path
    config: Path
    cache: Path
    logs: Path
    runtime: Path

    @property
    def library(self) -> Path:
        return self.data / "library" / "library.db"

    @property
    def ledger(self) -> Path:
        return self.data / "library" / "ledger.db"

    @property
    def history(self) -> Path:
        return self.data / "library" / "conversations.db"

    @property
    def packs(self) -> Path:
        return self.cache / "models"

    @property
    def downloads(self) -> Path:
        return self.cache / "downloads"

    @property
    def settings(self) -> Path:
        return self.config / "settings.toml"

    @property
    def labels(self) -> Path:
        return self.config / "labels.toml"

    @property
    def providers(self) -> Path:
        return self.config / "providers.toml"

    @property
    def engine_address(self) -> str:
        """Address of the engine's pipe: a path below `runtime`, or a pipe's name on Windows."""
        return self._address("engine")

    @property
    def window_address(self) -> str:
        """Address at which the running window hears of a second start; as `engine_address`."""
        return self._address("window")

    @property
    def window_state(self) -> Path:
        """What the window remembers between starts: its size, what it has said once."""
        return self.data / "window.json"

    @property
    def crash_file(self) -> Path:
        """Where a window that dies leaves the places it died at."""
        return self.logs / "window-crash.txt"

    @property
    def engine_secret(self) -> Path:
        """The key that clients of the engine prove they can read."""
        return self.runtime / "engine.key"

    def _address(self, name: str) -> str:
        mark = hashlib.blake2b(str(self.data).encode(), digest_size=8).hexdigest()
        if os.name == "nt":
            return rf"\\.\pipe\nearside-{name}-{mark}"
        address = self.runtime / f"{name}.sock"
        if len(os.fsencode(address)) <= LONGEST_SOCKET_PATH:
            return str(address)
        return str(Path(tempfile.gettempdir()) / f"nearside-{os.getuid()}" / f"{mark}-{name}.sock")


def find_paths(home: Path | None = None) -> Paths:
    """`home`, else NEARSIDE_HOME, else the platform's folders."""
    root = home or environment_path("NEARSIDE_HOME")
    if root is not None:
        root = root.expanduser().absolute()
        return Paths(root / "data", root, root / "cache", root / "logs", root / "run")
    dirs = platformdirs.PlatformDirs("nearside", appauthor=False)
    return Paths(
        Path(dirs.user_data_dir),
        Path(dirs.user_config_dir),
        Path(dirs.user_cache_dir),
        Path(dirs.user_log_dir),
        Path(dirs.user_data_dir) / "run",  # the platform's own runtime folder is not there in every session
    )


def autostart_folder() -> Path:
    """Where the session looks for what it starts; on Windows it is the registry's matter."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "LaunchAgents"
    return (environment_path("XDG_CONFIG_HOME") or Path.home() / ".config") / "autostart"


def has_display() -> bool:
    """Whether a window can be shown in this session."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def on_wayland() -> bool:
    return bool(os.environ.get("WAYLAND_DISPLAY"))


def activation_token() -> str:
    """What a Wayland session gave this start, so that the window it asks for may come to the front."""
    return os.environ.get("XDG_ACTIVATION_TOKEN", "")


def use_activation_token(token: str) -> None:
    """Qt takes it from the environment when a window is next activated."""
    if token and on_wayland():
        os.environ["XDG_ACTIVATION_TOKEN"] = token


def environment_path(name: str) -> Path | None:
    value = os.environ.get(name, "")
    return Path(value).expanduser() if value else None


def child_environment(paths: Paths) -> dict[str, str]:
    """The environment of a process that shall see the same folders as this one."""
    environment = dict(os.environ)
    if (home := environment_path("NEARSIDE_HOME")) is not None:
        environment["NEARSIDE_HOME"] = str(home.absolute())
    elif paths.config != find_paths().config:
        environment["NEARSIDE_HOME"] = str(paths.config)
    return environment


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that a crash leaves the old one or the new one, in a folder of the person's own."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    fresh.write_text(text, "utf-8")
    os.replace(fresh, path)


def private_folder(folder: Path) -> Path:
    """Make `folder` if need be, readable by its owner alone, and return it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.name != "nt":
        folder.chmod(0o700)
    return folder
