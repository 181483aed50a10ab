"""Eyes and hands on the window from outside: what is shown is found by its name on the accessibility bus, and clicked
with a real pointer.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.display import Screen, until
from tests.journeys.windowing import Desk
from tests.screenreader import Gone, ScreenReader, Thing


@dataclass(frozen=True, slots=True)
class Hands:
    """Everything waits until it can be done."""

    desk: Desk
    reader: ScreenReader

    @property
    def screen(self) -> Screen:
        return self.desk.screen

    def sees(self, role: str, name: str) -> Thing | None:
        """What is shown now with this role and a name that begins so."""
        assert self.desk.process.poll() is None, "the window has ended"
        try:
            return next((t for t in self.reader.walk() if t.role == role and t.name.startswith(name)), None)
        except Gone:
            return None

    def find(self, role: str, name: str, seconds: float = 60) -> Thing:
        found: list[Thing] = []

        def look() -> bool:
            thing = self.sees(role, name)
            found.extend((thing,) if thing is not None else ())
            return bool(found)

        until(look, seconds, f"nobody sees {role} {name!r}")
        return found[0]

    def click(self, role: str, name: str) -> Thing:
        """In the middle of it, once it can be used."""
        thing = self.find(role, name)
        until(lambda: "enabled" in (self.sees(role, name) or thing).states, 30, f"{thing} can't be used")
        x, y, width, height = self.reader.place(thing)
        self.screen.click(x + width // 2, y + height // 2)
        return thing

    def fill(self, name: str, text: str) -> None:
        """Click the field of this name and write into it instead of what is there."""
        self.click("text", name)
        self.screen.press("ctrl+a")
        self.screen.type(text)

    def text(self, role: str, name: str) -> str:
        return self.reader.text(self.find(role, name))

    def wait_gone(self, title: str) -> None:
        until(lambda: not self.screen.windows(title), 20, f"the window {title!r} stays")
