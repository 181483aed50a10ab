"""A part of the screen: marked by pointer or keys, cut out at any scale, read, offered; and everything let go."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from copilot.calls import Compose, FindFiles, ReadPicture, Search
from copilot.errors import RecognizerMissing
from copilot.failures import Failure
from copilot.reports import FileRows, PictureText
from tests.ui.fakelink import FakeLink
from ui.desk import Desk
from ui.quick import capture, region
from ui.quick.bar import QuickBar
from ui.quick.capture import Captured, Shot, cut, shared_out
from ui.quick.region import RegionChoice
from ui.quick.region_overlay import LEAST, STEP, RegionOverlay, between, first, moved, resized
from ui.quick.rows import RowKind
from ui.quick.selection import Source
from ui.theme import Theme

SCREEN = QSize(800, 600)
TEXT = PictureText((), "The lease ends in August 2029.\nSix months' notice.", "CPU", 0.1)


def picture(width: int, height: int) -> QImage:
    """Every pixel tells its place: red its column, green its row, in steps of 10."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for y in range(0, height, 10):
        for x in range(0, width, 10):
            color = QColor(x // 10, y // 10, 0).rgb()
            for row in range(y, min(y + 10, height)):
                for column in range(x, min(x + 10, width)):
                    image.setPixel(column, row, color)
    return image


def place(image: QImage) -> tuple[int, int]:
    """Of the first pixel in the picture that it was cut from, in steps of 10."""
    color = image.pixelColor(0, 0)
    return color.red(), color.green()


# --- rectangles


def test_a_rectangle_stays_on_the_screen() -> None:
    one = QRect(10, 10, 100, 50)
    assert moved(one, QPoint(-STEP, 0), SCREEN) == QRect(0, 10, 100, 50)
    assert moved(QRect(690, 540, 100, 50), QPoint(STEP, STEP), SCREEN) == QRect(700, 550, 100, 50)
    assert resized(one, QPoint(STEP, 0), SCREEN) == QRect(10, 10, 116, 50)
    assert resized(QRect(0, 0, 795, 10), QPoint(STEP, 0), SCREEN).width() == 800
    assert resized(QRect(0, 0, LEAST, LEAST), QPoint(-STEP, -STEP), SCREEN).size() == QSize(LEAST, LEAST)
    assert between(QPoint(50, 60), QPoint(10, 90)) == QRect(10, 60, 40, 30)
    middle = first(SCREEN)
    assert abs(middle.center().x() - 400) <= 1
    assert abs(middle.center().y() - 300) <= 1


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_a_part_is_cut_at_the_screens_own_scale(scale: float) -> None:
    image = picture(round(200 * scale), round(100 * scale))
    part = cut(image, QRect(0, 0, 200, 100), QRect(100, 40, 60, 20))
    assert (part.width(), part.height()) == (round(60 * scale), round(20 * scale))
    assert place(part) == (int(10 * scale), int(4 * scale))


def test_a_part_beyond_the_edge_is_what_there_is_of_it() -> None:
    part = cut(picture(200, 100), QRect(0, 0, 200, 100), QRect(180, 90, 60, 20))
    assert (part.width(), part.height()) == (20, 10)


def test_one_picture_of_the_desktop_is_cut_into_screens() -> None:
    class Screen:
        def __init__(self, place: QRect) -> None:
            self.geometry = lambda: place

    screens = (Screen(QRect(0, 0, 100, 60)), Screen(QRect(100, 20, 50, 40)))
    shots = shared_out(picture(300, 120), screens)  # type: ignore[arg-type]
    assert [(shot.image.width(), shot.image.height()) for shot in shots] == [(200, 120), (100, 80)]
    assert place(shots[1].image) == (20, 4)


# --- one screen


@pytest.fixture
def overlay(theme: Theme, qtbot: QtBot) -> RegionOverlay:
    shot = Shot(QGuiApplication.primaryScreen(), QRect(0, 0, 400, 300), picture(400, 300))
    overlay = RegionOverlay(shot, theme, several=False)
    qtbot.addWidget(overlay)
    overlay.resize(400, 300)
    overlay.show()
    return overlay


def drag(overlay: RegionOverlay, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(overlay, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(overlay, end)
    QTest.mouseRelease(overlay, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


def test_a_drag_marks_and_takes(overlay: RegionOverlay, qtbot: QtBot) -> None:
    with qtbot.waitSignal(overlay.taken) as taken:
        drag(overlay, QPoint(200, 150), QPoint(100, 50))
    assert taken.args == [QRect(100, 50, 100, 100)]


def test_a_click_takes_nothing(overlay: RegionOverlay, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(overlay.taken):
        drag(overlay, QPoint(200, 150), QPoint(202, 151))
    assert overlay.rectangle.isEmpty()


def test_keys_alone_mark_and_take(overlay: RegionOverlay, qtbot: QtBot) -> None:
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    assert "Drag" in overlay.accessibleDescription()
    QTest.keyClick(overlay, Qt.Key.Key_Right)
    begin = overlay.rectangle
    assert begin == first(QSize(400, 300))
    QTest.keyClick(overlay, Qt.Key.Key_Left)
    QTest.keyClick(overlay, Qt.Key.Key_Down)
    QTest.keyClick(overlay, Qt.Key.Key_Up, shift)
    QTest.keyClick(overlay, Qt.Key.Key_Right, control)
    expected = QRect(begin.x() - STEP + 1, begin.y() + STEP, begin.width(), begin.height() - STEP)
    assert overlay.rectangle == expected
    assert str(expected.width()) in overlay.accessibleDescription()
    assert f"{expected.x()} from the left" in overlay.accessibleDescription()
    with qtbot.waitSignal(overlay.taken) as taken:
        QTest.keyClick(overlay, Qt.Key.Key_Return)
    assert taken.args == [expected]


def test_escape_and_the_other_button_leave(overlay: RegionOverlay, qtbot: QtBot) -> None:
    with qtbot.waitSignal(overlay.left):
        QTest.keyClick(overlay, Qt.Key.Key_Escape)
    with qtbot.waitSignal(overlay.left):
        QTest.mousePress(overlay, Qt.MouseButton.RightButton)


def test_what_is_marked_is_seen_as_it_was_and_the_rest_is_dimmed(overlay: RegionOverlay) -> None:
    overlay.mark(QRect(100, 100, 100, 100))
    seen = overlay.grab().toImage()
    assert seen.pixelColor(150, 150).red() == 15
    assert seen.pixelColor(350, 150).red() < 35 - 10


# --- all screens


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GONE_MS", "BACK_MS"):
        monkeypatch.setattr(region, name, 0)


@pytest.fixture
def two_screens(monkeypatch: pytest.MonkeyPatch, quick: None) -> list[weakref.ref[QImage]]:
    """Two screens side by side, the second at 200 %; what is given out can be watched going away."""
    given: list[weakref.ref[QImage]] = []

    def taken(done: Callable[[Captured], None], failed: object, *, owner: object) -> None:
        screen = QGuiApplication.primaryScreen()
        images = picture(400, 300), picture(400, 300)
        given.extend(weakref.ref(image) for image in images)
        places = QRect(0, 0, 400, 300), QRect(400, 0, 200, 150)
        done(Captured(tuple(Shot(screen, place, image) for place, image in zip(places, images, strict=True))))

    monkeypatch.setattr(region, "capture", taken)
    return given


@pytest.fixture
def choice(theme: Theme, qtbot: QtBot, two_screens: object) -> Iterator[RegionChoice]:
    choice = RegionChoice(theme)
    choice.begin()
    qtbot.waitUntil(lambda: len(choice.overlays) == 2)
    yield choice
    choice.close()


def test_a_part_of_the_second_screen_comes_in_its_own_pixels(choice: RegionChoice, qtbot: QtBot) -> None:
    second = choice.overlays[1]
    second.resize(200, 150)
    with qtbot.waitSignal(choice.taken) as taken:
        second.taken.emit(QRect(50, 40, 60, 20))
    assert (taken.args[0].width(), taken.args[0].height()) == (120, 40)
    assert place(taken.args[0]) == (10, 8)
    assert choice.overlays == ()


def test_leaving_on_one_screen_clears_all_and_lets_the_pictures_go(
    choice: RegionChoice, qtbot: QtBot, two_screens: list[weakref.ref[QImage]]
) -> None:
    assert [one() is not None for one in two_screens] == [True, True]
    with qtbot.waitSignal(choice.left):
        QTest.keyClick(choice.overlays[1], Qt.Key.Key_Escape)
    assert not choice.under_way
    qtbot.waitUntil(lambda: gc.collect() >= 0 and not any(one() for one in two_screens))


def test_a_mark_on_one_screen_takes_the_others_away(choice: RegionChoice) -> None:
    one, other = choice.overlays
    one.mark(QRect(1, 1, 50, 50))
    QTest.keyClick(other, Qt.Key.Key_Right)
    assert one.rectangle.isEmpty()
    assert not other.rectangle.isEmpty()


def test_a_second_wish_changes_nothing(choice: RegionChoice) -> None:
    before = choice.overlays
    choice.begin()
    QTest.qWait(20)
    assert choice.overlays == before


# --- in the bar


@pytest.fixture
def bar(qtbot: QtBot, desk: Desk, link: FakeLink, two_screens: object) -> Iterator[QuickBar]:
    link.answers = {FindFiles: FileRows((), 0), Search: lambda _: None}
    bar = QuickBar(desk)
    qtbot.addWidget(bar)
    bar.appear()
    yield bar
    bar.close()


def mark(bar: QuickBar, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(bar._given.region.overlays) == 2)
    assert not bar.isVisible()
    bar._given.region.overlays[0].resize(400, 300)
    bar._given.region.overlays[0].taken.emit(QRect(0, 0, 40, 20))
    qtbot.waitUntil(bar.isVisible)


def test_the_text_of_a_part_becomes_what_the_bar_works_on(bar: QuickBar, link: FakeLink, qtbot: QtBot) -> None:
    link.answers[ReadPicture] = TEXT
    QTest.keyClick(bar._field, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    mark(bar, qtbot)
    qtbot.waitUntil(lambda: bar._given.selected is not None)
    assert bar._given.selected is not None
    assert (bar._given.selected.text, bar._given.selected.source) == (TEXT.text, Source.SCREEN)
    (call,) = link.calls(ReadPicture)
    assert (call.picture.width, call.picture.height) == (40, 20)
    assert bar._given.strip.isVisible()
    bar._given.strip._look.click()
    assert bar._given.strip._whole.toPlainText() == TEXT.text
    bar._compose("summarize")
    assert link.last(Compose).call.text == TEXT.text
    assert bar._given.selected is None


def test_the_command_does_the_same(bar: QuickBar, link: FakeLink, qtbot: QtBot) -> None:
    link.answers[ReadPicture] = TEXT
    bar._field.setText(">read text")
    assert [row.kind for row in bar._list.rows] == [RowKind.COMMAND]
    QTest.keyClick(bar._field, Qt.Key.Key_Return)
    mark(bar, qtbot)
    qtbot.waitUntil(lambda: bar._given.selected is not None)
    bar._given.strip._leave.click()
    assert bar._given.selected is None
    assert not bar._given.isVisible()


def test_without_the_pack_there_is_a_sentence_and_a_button(
    bar: QuickBar, desk: Desk, link: FakeLink, qtbot: QtBot
) -> None:
    link.answers[ReadPicture] = RecognizerMissing("some-pack")
    bar.read_screen()
    mark(bar, qtbot)
    qtbot.waitUntil(lambda: "text recognition" in bar._given.notice.sentence)
    assert bar._given.notice.get_button.isVisible()
    with qtbot.waitSignal(desk.wishes.page) as wished:  # no way out of the window in this test: the page has one
        bar._given.notice.get_button.click()
    assert wished.args == ["models"]


def test_a_part_without_text_is_said(bar: QuickBar, link: FakeLink, qtbot: QtBot) -> None:
    link.answers[ReadPicture] = PictureText((), " \n", "CPU", 0.1)
    bar.read_screen()
    mark(bar, qtbot)
    qtbot.waitUntil(lambda: "No text" in bar._given.notice.sentence)
    assert bar._given.selected is None


def test_a_screen_that_gives_no_picture_is_said(bar: QuickBar, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(region, "capture", lambda done, failed, owner: failed(capture.unreadable()))
    bar.read_screen()
    qtbot.waitUntil(bar.isVisible)
    assert "no picture" in bar._given.notice.sentence


def test_a_picture_that_fails_after_all_was_let_go_is_not_heard_of(
    theme: Theme, qtbot: QtBot, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails: list[Callable[[Failure], None]] = []
    monkeypatch.setattr(region, "capture", lambda done, failed, owner: fails.append(failed))
    choice = RegionChoice(theme)
    heard: list[object] = []
    choice.failed.connect(heard.append)
    choice.begin()
    qtbot.waitUntil(lambda: bool(fails))
    choice.close()
    fails[0](capture.unreadable())
    assert heard == []


def test_hiding_the_bar_forgets_what_is_being_read(bar: QuickBar, link: FakeLink, qtbot: QtBot) -> None:
    bar.read_screen()
    mark(bar, qtbot)
    asked = link.last(ReadPicture)
    bar.hide()
    assert asked.ticket.dropped
    assert not bar._given.busy


def test_a_picture_is_pasted_into_the_bar(bar: QuickBar, link: FakeLink, qtbot: QtBot) -> None:
    link.answers[ReadPicture] = TEXT
    QGuiApplication.clipboard().setImage(picture(30, 20))
    QTest.keyClick(bar._field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bar._given.selected is not None)
    assert bar._given.selected is not None
    assert bar._given.selected.source is Source.PICTURE
    assert bar._field.text() == ""


def test_failures_are_of_one_kind() -> None:
    assert isinstance(capture.unreadable(), Failure)
    assert capture.unreadable().advice
