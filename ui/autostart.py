"""Starting with the session: an XDG autostart entry on Linux, the Run key of the user on Windows, a launch agent on
macOS. Written and removed as the setting says; nothing is written where it is off and nothing is there.
"""

from __future__ import annotations

import contextlib
import importlib
import plistlib
import sys

from copilot.paths import autostart_folder

ENTRY = "app.nearside.Nearside"
RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"


def command() -> tuple[str, ...]:
    """What starts the window, out of sight."""
    return (sys.executable, "-P", "-m", "ui", "--hidden")


def follow(on: bool) -> None:
    """Make the session's list agree with the setting. Raises OSError where it can't be written."""
    if sys.platform == "win32":
        _registry(on)
        return
    file = autostart_folder() / (f"{ENTRY}.plist" if sys.platform == "darwin" else f"{ENTRY}.desktop")
    if not on:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_agent() if sys.platform == "darwin" else entry(command()).encode())


def entry(words: tuple[str, ...]) -> str:
    """An XDG desktop entry that starts `words`."""
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=Nearside",
        "Comment=Ask about your files on this computer",
        "Comment[zh_CN]=在这台电脑上向您的文件提问",
        f"Exec={' '.join(quoted(word) for word in words)}",
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
    )
    return "\n".join(lines) + "\n"


def quoted(word: str) -> str:
    """As the Exec key wants it: quotes around, backslashes before what is special, percent signs doubled."""
    special = "".join(f"\\{c}" if c in '"`$\\' else c for c in word)
    return f'"{special}"'.replace("\\", "\\\\").replace("%", "%%") if special != word else _plain(word)


def _plain(word: str) -> str:
    word = word.replace("%", "%%")
    return f'"{word}"' if any(c in " \t'<>~|&;*?#()" for c in word) else word


def _agent() -> bytes:
    return plistlib.dumps({"Label": ENTRY, "ProgramArguments": list(command()), "RunAtLoad": True})


def _registry(on: bool) -> None:
    winreg = importlib.import_module("winreg")
    with winreg.CreateKey(winreg.HKEY_CURRENT_USER, RUN_KEY) as key:
        if on:
            words = " ".join(f'"{word}"' if " " in word else word for word in command())
            winreg.SetValueEx(key, "Nearside", 0, winreg.REG_SZ, words)
        else:
            with contextlib.suppress(FileNotFoundError):
                winreg.DeleteValue(key, "Nearside")
