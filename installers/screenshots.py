"""`make screenshots`: every page with real content, light and dark, English and Chinese, at 100 % and at 200 %.

A home of its own below build/, the bundled sample folder, the default packs of this computer, a real engine; pictures
are taken of the real window without a screen. Questions are asked once and kept: later runs take three minutes. What is
on the pictures is scenes.py's.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image

from copilot.calls import (
    AddFolders,
    Ask,
    GetModels,
    ListConversations,
    MeasureDevice,
    Offer,
    RenameConversation,
    SetLabel,
)
from copilot.conversation import Question
from copilot.host.client import connect, start_engine, stop_engine
from copilot.keys import KEY_FILE_VARIABLE
from copilot.paths import Paths, find_paths
from copilot.settings.providers import Provider, write_providers
from indexer.errors import NearsideError
from indexer.query import Filter
from indexer.reporter import Silent

ROOT = Path(__file__).parent.parent
HOME = ROOT / "build" / "screenshots"
DOCUMENTS = HOME / "Kestrel"
TARGET = ROOT / "docs" / "screenshots"
WIDTH, HEIGHT = 1280, 832
LANGUAGES, LOOKS, SCALES = ("en", "zh_CN"), ("light", "dark"), ("1", "1.25", "1.5", "1.75", "2")
KINDS = tuple((language, look, scale) for scale in ("1", "2") for language in LANGUAGES for look in LOOKS)
STORY_KINDS = (("en", "light", "1"), ("zh_CN", "dark", "1"))
"""What is shown once in either language, too."""
COLORS = 256
"""Of a picture: text in two colours and their mixtures needs no more, and the file is a third as large."""
ASKED = {
    "shot-en": (
        "Lease, Harbour Street",
        "What is the rent for the office in Harbour Street, and how may it rise?",
        "Is that rent in line with other offices in Bristol?",
    ),
    "shot-zh_CN": (
        "到货抽检的不合格率",
        "华澄电子到货抽检的不合格率是多少？",
        "同行业的不合格率一般是多少？",
    ),
    "sheet-en": ("Price of the AquaSense 300", "What does the AquaSense 300 cost?"),
    "sheet-zh_CN": ("AquaSense 300的价格", "AquaSense 300的价格是多少？"),
    "beside-1": ("Terms with Helmond Sensors", "What are the delivery time, warranty and payment terms with Helmond?"),
    "beside-2": ("Error E07", "What does error E07 mean, and what should I do?"),
}
"""Conversations by their id: title, then questions."""
SETTLE_SECONDS = 20.0
ATTEMPTS = 2
"""For one kind: on a machine that does much else an engine may be late."""
SCREEN = '{"screens": [{"name": "a", "x": 0, "y": 0, "width": 5120, "height": 3200, "logicalDpi": 96, "dpr": 1}]}'


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--take", nargs=3, metavar=("LANGUAGE", "LOOK", "SCALE"), help="one kind of picture alone")
    options.add_argument("--only", nargs="*", default=[], metavar="SCENE", help="functions of scenes.py")
    options.add_argument("--target", type=Path, default=TARGET, help="the folder for the pictures")
    options.add_argument("--size", nargs=2, type=int, default=(WIDTH, HEIGHT), help="of the window")
    options.add_argument("--inside", action="store_true", help="used by itself")
    chosen = options.parse_args()
    if chosen.inside:
        return take(chosen)
    packs = find_paths().packs
    os.environ |= {"NEARSIDE_HOME": str(HOME), KEY_FILE_VARIABLE: str(HOME / "library.key")}
    paths = find_paths()
    prepare(paths, packs)
    try:
        for kind in (chosen.take,) if chosen.take else KINDS:
            picture(*kind)
    finally:
        with contextlib.suppress(NearsideError):
            stop_engine(paths)
    return 0


def picture(language: str, look: str, scale: str) -> None:
    """All pictures of one kind, in a process of their own: Qt takes its scale once."""
    (HOME / "screen.json").write_text(SCREEN, "utf-8")
    platform = f"offscreen:configfile={HOME / 'screen.json'}"
    environment = os.environ | {"QT_QPA_PLATFORM": platform, "QT_SCALE_FACTOR": scale}
    command = [sys.executable, "-m", "installers.screenshots", *sys.argv[1:], "--inside"]
    if "--take" not in command:
        command += ["--take", language, look, scale]
    for attempt in range(ATTEMPTS):
        done = subprocess.run(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, encoding="utf-8", check=False)
        if done.returncode == 0:
            break
        print(f"attempt {attempt + 1} ended with {done.returncode}:\n{done.stderr}", file=sys.stderr, flush=True)
    else:
        raise SystemExit(1)
    print(f"{language}, {look}, {float(scale):.0%}", flush=True)


# --- what there is to see


def prepare(paths: Paths, packs: Path) -> None:
    """A library with the sample folder, answered questions and an offer; made once."""
    from installers.scenes import OFFER_FILE, OFFERED, SPEEDS_FILE

    HOME.mkdir(parents=True, exist_ok=True)
    if not paths.packs.exists():
        paths.packs.parent.mkdir(parents=True, exist_ok=True)
        paths.packs.symlink_to(packs, target_is_directory=True)
    if not DOCUMENTS.exists():
        shutil.copytree(ROOT / "docs" / "sample-folder", DOCUMENTS)
    write_providers(paths.providers, (Provider("deepseek", "openai", "https://api.deepseek.com", "deepseek-chat"),))
    start_engine(paths)
    with contextlib.closing(_remote(paths)) as remote:
        known = {row.id for row in remote.perform(ListConversations(), Silent()).rows}
        if not (HOME / OFFER_FILE).exists():
            folders = tuple(str(folder) for folder in sorted(DOCUMENTS.iterdir()) if folder.is_dir())
            remote.perform(AddFolders(folders), Silent())
            for folder in ("Products", "Sales"):
                remote.perform(SetLabel(str(DOCUMENTS / folder), "redacted"), Silent())
            request = remote.perform(Offer(Question(OFFERED), "deepseek", "passages"), Silent())
            (HOME / OFFER_FILE).write_bytes(msgspec.msgpack.encode(request))
        for conversation, (title, *questions) in reversed(ASKED.items()):
            if conversation in known:
                continue
            for question in questions:
                remote.perform(Ask(Question(question, Filter()), conversation), Silent())
            remote.perform(RenameConversation(conversation, title), Silent())
        if not (HOME / SPEEDS_FILE).exists():
            there = (row.device for row in remote.perform(GetModels(), Silent()).devices if row.available)
            speeds = {device: remote.perform(MeasureDevice(device), Silent()) for device in there}
            (HOME / SPEEDS_FILE).write_bytes(msgspec.msgpack.encode(speeds))


def _remote(paths: Paths) -> Any:
    remote = connect(paths)
    assert remote is not None, "the engine left"
    return remote


# --- one language, look and scale


def take(chosen: argparse.Namespace) -> int:
    from PySide6.QtWidgets import QApplication

    from copilot.settings.schema import Settings
    from copilot.settings.store import write_settings
    from installers.scenes import PAGES, STORY, Stage, StagedLink
    from ui.desk import Desk
    from ui.engine_link import EngineLink
    from ui.language import Speaking
    from ui.main_window import MainWindow
    from ui.pulse import Pulse
    from ui.theme import Theme
    from ui.wishes import Wishes

    language, look, scale = chosen.take
    application = QApplication([])
    paths = find_paths()
    write_settings(paths.settings, Settings(theme=look, language=language))
    speaking = Speaking()  # kept: its words go when it goes
    speaking.speak(language)
    dressed = Theme(look)
    dressed.apply()
    link = EngineLink(paths)
    staged = StagedLink(link)
    pulse = Pulse(link)
    desk = Desk(staged, dressed, Wishes(), paths, pulse)
    window = MainWindow(desk)
    window.resize(*chosen.size)
    window.show()
    pulse.start()
    chosen.target.mkdir(parents=True, exist_ok=True)
    stage = Stage(desk, staged, window, language, HOME, lambda: settle(application, link))
    scenes = (*PAGES, *STORY) if (language, look, scale) in STORY_KINDS or chosen.only else PAGES
    for scene in scenes:
        if chosen.only and scene.__name__ not in chosen.only:
            continue
        for name, widget in scene(stage):
            keep(widget, chosen.target / f"{name}-{language}-{look}{_end(scale)}.png")
    pulse.stop()
    link.close()
    return 0


def keep(widget: Any, file: Path) -> None:
    """A picture of a widget, with as few colours as nobody misses."""
    from PySide6.QtCore import QBuffer, QByteArray

    packed = QByteArray()
    buffer = QBuffer(packed)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert widget.grab().save(buffer, "PNG"), file.name
    with Image.open(io.BytesIO(packed.data())) as whole:
        shadow = whole.mode == "RGBA" and whole.getchannel("A").getextrema() != (255, 255)
        few = whole if shadow else whole.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
        few.save(file, "PNG", optimize=True)


def _end(scale: str) -> str:
    return "" if scale == "1" else f"-{float(scale) * 100:.0f}"


def settle(application: Any, link: Any) -> None:
    """Until every call but the one that follows the engine has its answer, and a little longer for what is drawn."""
    began = quiet = time.monotonic()
    while time.monotonic() - quiet < 0.3 and time.monotonic() - began < SETTLE_SECONDS:
        application.processEvents()
        time.sleep(0.01)
        if len(link._listeners) > 1:
            quiet = time.monotonic()


if __name__ == "__main__":
    raise SystemExit(main())
