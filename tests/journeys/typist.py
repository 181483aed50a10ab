"""Someone who has a keyboard and a screen reader and nothing else: every key is real, what happened is heard."""

from __future__ import annotations

import time
from dataclasses import dataclass

from tests.display import Screen, until
from tests.screenreader import FOCUSED, ScreenReader, Thing

FARTHEST = 80
"""Stops of Tab after which something counts as out of reach."""


@dataclass(frozen=True, slots=True)
class Typist:
    screen: Screen
    reader: ScreenReader

    def press(self, *keys: str) -> None:
        self.screen.press(*keys)

    def type(self, text: str) -> None:
        self.screen.type(text)

    def here(self, seconds: float = 5) -> Thing:
        """What has the keyboard. Nothing at all would be a keyboard that is lost."""
        found: list[Thing] = []

        def look() -> bool:
            now = self.reader.focused()
            if now is not None:
                found[:] = [now]
            return now is not None

        until(look, seconds, "nothing has the keyboard")
        return found[0]

    def is_at(self, role: str, name: str, seconds: float = 10) -> Thing:
        """Wait until the keyboard is there."""
        seen: list[Thing] = []

        def look() -> bool:
            seen[:] = [self.here()]
            return seen[0].role == role and seen[0].name.startswith(name)

        try:
            until(look, seconds, "elsewhere")
        except AssertionError:
            raise AssertionError(f"the keyboard is at {seen[0]}, not at {role} {name!r}") from None
        return seen[0]

    def go_to(self, role: str, name: str, *, back: bool = False) -> Thing:
        """Tab until it is there; each stop must be something that has a name and is on the screen."""
        passed = []
        for _ in range(FARTHEST):
            now = self.here()
            if now.role == role and now.name.startswith(name):
                return now
            self.check(now)
            passed.append(str(now))
            self._step("shift+Tab" if back else "Tab", now)
        raise AssertionError(f"Tab does not lead to {role} {name!r}, but to {passed}")

    def check(self, thing: Thing) -> None:
        """Whether a person would know where the keyboard is."""
        assert thing.name or thing.description, f"{thing} has no name"
        x, y, width, height = self.reader.place(thing)
        assert width > 0, f"{thing} can't be seen"
        assert height > 0, f"{thing} can't be seen"
        assert x + width > 0, f"{thing} is off the screen"
        assert y + height > 0, f"{thing} is off the screen"

    def _step(self, key: str, before: Thing) -> None:
        heard = len(self.reader.heard)
        self.screen.press(key)
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline:
            moved = [one.path for one in self.reader.heard[heard:] if one.kind == FOCUSED and one.number]
            if moved and moved[-1] != before.path:
                return
            time.sleep(0.01)
