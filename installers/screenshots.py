"""`make screenshots`: every page with real content, light and dark, English and Chinese, and some of it at 200 %.

A home of its own below build/, the bundled sample folder, the default packs of this computer, a real engine; pictures
are taken of the real window without a screen. Questions are asked once and kept: later runs take a minute.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from copilot.calls import AddFolders, Ask, GetConversation, ListConversations, Offer, RenameConversation, SetLabel
from copilot.conversation import Question
from copilot.host.client import connect, start_engine, stop_engine
from copilot.keys import KEY_FILE_VARIABLE
from copilot.paths import Paths, find_paths
from copilot.privacy.consent import ConsentRequest
from copilot.settings.providers import Provider, write_providers
from indexer.errors import NearsideError
from indexer.query import Filter
from indexer.reporter import Silent

ROOT = Path(__file__).parent.parent
HOME = ROOT / "build" / "screenshots"
DOCUMENTS = HOME / "Kestrel"
TARGET = ROOT / "docs" / "screenshots"
WIDTH, HEIGHT = 1240, 780
KINDS = (
    *((language, theme, 1) for language in ("en", "zh_CN") for theme in ("light", "dark")),
    ("en", "light", 2),
    ("zh_CN", "dark", 2),
)
"""Each language in each theme, and twice the size once in either."""
ASKED = {
    "en": ("shot-en", "Warranty on the HS-22", "How long is the warranty on the HS-22 heads?"),
    "zh_CN": ("shot-zh_CN", "每月加班时间", "每月加班不得超过多少小时？"),
}
BESIDE = ("shot-beside", "Lease, Harbour Street", "How long does the lease of Harbour Street run?")
OFFERED = "How does the warranty that we give on the HS-22 heads compare with what others in the industry give?"
LOOKED_FOR = {"en": "warranty", "zh_CN": "加班"}
SETTLE_SECONDS = 20.0
SCREEN = '{"screens": [{"name": "a", "x": 0, "y": 0, "width": 5120, "height": 3200, "logicalDpi": 96, "dpr": 1}]}'


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--take", nargs=3, metavar=("LANGUAGE", "THEME", "SCALE"), help="used by itself")
    chosen = options.parse_args()
    if chosen.take:
        return take(*chosen.take)
    packs = find_paths().packs
    os.environ |= {"NEARSIDE_HOME": str(HOME), KEY_FILE_VARIABLE: str(HOME / "library.key")}
    paths = find_paths()
    prepare(paths, packs)
    try:
        for language, theme, scale in KINDS:
            picture(language, theme, scale)
    finally:
        with contextlib.suppress(NearsideError):
            stop_engine(paths)
    return 0


def picture(language: str, theme: str, scale: int) -> None:
    """All pictures of one kind, in a process of their own: Qt takes its scale once."""
    (HOME / "screen.json").write_text(SCREEN, "utf-8")
    platform = f"offscreen:configfile={HOME / 'screen.json'}"
    environment = os.environ | {"QT_QPA_PLATFORM": platform, "QT_SCALE_FACTOR": str(scale)}
    command = [sys.executable, "-m", "installers.screenshots", "--take", language, theme, str(scale)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    print(f"{language}, {theme}, {scale}00 %", flush=True)


# --- what there is to see


def prepare(paths: Paths, packs: Path) -> None:
    """A library with the sample folder, three answered questions and an offer; made once."""
    HOME.mkdir(parents=True, exist_ok=True)
    if not paths.packs.exists():
        paths.packs.parent.mkdir(parents=True, exist_ok=True)
        paths.packs.symlink_to(packs, target_is_directory=True)
    if not DOCUMENTS.exists():
        shutil.copytree(ROOT / "docs" / "sample-folder", DOCUMENTS)
    write_providers(paths.providers, (Provider("deepseek", "openai", "https://api.deepseek.com", "deepseek-chat"),))
    start_engine(paths)
    asks = [*ASKED.values(), BESIDE]
    with contextlib.closing(_remote(paths)) as remote:
        if {row.id for row in remote.perform(ListConversations(), Silent()).rows} >= {one[0] for one in asks}:
            return
        folders = tuple(str(folder) for folder in sorted(DOCUMENTS.iterdir()) if folder.is_dir())
        remote.perform(AddFolders(folders), Silent())
        for folder in ("Products", "Sales"):
            remote.perform(SetLabel(str(DOCUMENTS / folder), "redacted"), Silent())
        for conversation, title, question in asks:
            remote.perform(Ask(Question(question, Filter()), conversation), Silent())
            remote.perform(RenameConversation(conversation, title), Silent())
        request = remote.perform(Offer(Question(OFFERED), "deepseek", "passages"), Silent())
        (HOME / "offer.msgpack").write_bytes(msgspec.msgpack.encode(request))


def _remote(paths: Paths) -> Any:
    remote = connect(paths)
    assert remote is not None, "the engine left"
    return remote


# --- one language, theme and scale


def take(language: str, theme: str, scale: str) -> int:
    from PySide6.QtWidgets import QApplication

    from copilot.settings.schema import Settings
    from copilot.settings.store import write_settings
    from ui.desk import Desk
    from ui.engine_link import EngineLink
    from ui.language import Speaking
    from ui.main_window import MainWindow
    from ui.pulse import Pulse
    from ui.theme import Theme
    from ui.wishes import Wishes

    application = QApplication([])
    paths = find_paths()
    write_settings(paths.settings, Settings(theme=theme, language=language))
    speaking = Speaking()  # kept: its words go when it goes
    speaking.speak(language)
    dressed = Theme(theme)
    dressed.apply()
    link = EngineLink(paths)
    desk = Desk(link, dressed, Wishes(), paths, Pulse(link))
    window = MainWindow(desk)
    window.resize(WIDTH, HEIGHT)
    window.show()
    assert desk.pulse is not None
    desk.pulse.start()
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, widget in scenes(desk, window, language, lambda: settle(application, link)):
        end = "" if scale == "1" else "-200"
        kept = widget.grab().save(str(TARGET / f"{name}-{language}-{theme}{end}.png"), "PNG", 0)
        assert kept, name
    desk.pulse.stop()
    link.close()
    return 0


def settle(application: Any, link: Any) -> None:
    """Until every call but the one that follows the engine has its answer, and a little longer for what is drawn."""
    began = quiet = time.monotonic()
    while time.monotonic() - quiet < 0.6 and time.monotonic() - began < SETTLE_SECONDS:
        application.processEvents()
        time.sleep(0.01)
        if len(link._listeners) > 1:
            quiet = time.monotonic()


def scenes(desk: Any, window: Any, language: str, settled: Callable[[], None]) -> Iterator[tuple[str, Any]]:
    """Each picture's name and the widget that is on it."""
    from ui.dialogs.consent import ConsentDialog
    from ui.dialogs.first_run import FirstRun
    from ui.quick.bar import QuickBar

    conversation = ASKED[language][0]
    desk.wishes.conversation.emit(conversation)
    settled()
    if place := cited(conversation):
        desk.wishes.place.emit(place)
        settled()
    yield "chat", window
    window._close_preview()
    desk.wishes.search.emit(LOOKED_FOR[language])
    settled()
    yield "search", window
    for page in ("library", "privacy", "models", "settings"):
        desk.wishes.page.emit(page)
        settled()
        yield page, window
    steps = FirstRun(desk, window.inside)
    for folder in ("/home/mira/Documents", "/home/mira/Kestrel"):
        steps._folders.offer(folder, chosen=True)
    steps.show()
    settled()
    yield "first-steps", window
    steps.hide()
    bar = QuickBar(desk)
    bar.show_keys("Ctrl+Alt+Space")
    bar.appear(LOOKED_FOR[language])
    settled()
    yield "quick-bar", bar
    bar.hide()
    request = msgspec.msgpack.decode((HOME / "offer.msgpack").read_bytes(), type=ConsentRequest)
    dialog = ConsentDialog(desk, request, window, Question(OFFERED))
    dialog.open()
    settled()
    yield "consent", dialog
    dialog.hide()


def cited(conversation: str) -> Any:
    """Where the first citation of an answer points."""
    from ui.wishes import Place

    with contextlib.closing(_remote(find_paths())) as remote:
        answer = remote.perform(GetConversation(conversation), Silent()).turns[0].answer
    if answer is None or not answer.citations:
        return None
    first = answer.citations[0]
    return Place(first.path, first.span.start, first.span.end, first.page, first.quote, first.title)


if __name__ == "__main__":
    raise SystemExit(main())
