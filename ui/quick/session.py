"""What the bar needs of an X11 session besides its window: whether translucency is drawn, the keyboard, and pasting a
result into the program that was in front. On other systems it says that it can't.

Decision: Shift+Insert, not Ctrl+V: it pastes in terminals as in other programs and means nothing else in either.
"""

from __future__ import annotations

import time

from copilot.paths import on_wayland

FOCUS_SECONDS = 0.6
FROM_THE_PERSON = 2
"""The source of a request to a window manager: a person's own act, as a taskbar's click is."""


def warm_up() -> None:
    """Load, on another thread, what asks the X11 server: it takes longer than a window may be held."""
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.platformName() == "xcb":
        from Xlib import display

        display.Display().close()


def composited() -> bool:
    """Whether somebody draws translucent windows; False where that is not known."""
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.platformName() != "xcb":
        return QGuiApplication.platformName() in ("windows", "cocoa", "wayland", "offscreen")
    try:
        from Xlib import X, display

        server = display.Display()
        owner = server.get_selection_owner(server.intern_atom(f"_NET_WM_CM_S{server.get_default_screen()}"))
        server.close()
        return bool(owner != X.NONE)
    except Exception:  # no library or no server: without it the bar is a plain rectangle
        return False


def take_keyboard(window: int) -> None:
    """Have the window manager give the keyboard to our window. It refuses a program that nobody has clicked or typed
    into yet, which a resident program is; the person's key was heard by a connection that it does not know.
    """
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.platformName() != "xcb":
        return
    try:
        from Xlib import X, display
        from Xlib.protocol.event import ClientMessage

        server = display.Display()
        root = server.screen().root
        wish = ClientMessage(
            window=server.create_resource_object("window", window),
            client_type=server.intern_atom("_NET_ACTIVE_WINDOW"),
            data=(32, [FROM_THE_PERSON, X.CurrentTime, 0, 0, 0]),
        )
        root.send_event(wish, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        server.sync()
        server.close()
    except Exception:  # no library or no server: Qt's own request stands
        return


def can_paste() -> bool:
    """Whether `paste` has a way here."""
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.platformName() != "xcb" or on_wayland():
        return False
    try:
        from Xlib import display

        server = display.Display()
        there = server.query_extension("XTEST") is not None
        server.close()
        return bool(there)
    except Exception:  # as above
        return False


def make_ready(text: str) -> None:
    """Put a text where `paste` makes programs take it from: the clipboard, and for some the selection."""
    from PySide6.QtGui import QGuiApplication

    clipboard = QGuiApplication.clipboard()
    clipboard.setText(text)
    if clipboard.supportsSelection():
        clipboard.setText(text, clipboard.Mode.Selection)


def paste(ours: int) -> bool:
    """Press Shift+Insert once the window `ours` has given the keyboard back. Blocks for up to FOCUS_SECONDS: call it on
    a thread.
    """
    from Xlib import XK, X, display
    from Xlib.ext import xtest

    server = display.Display()
    try:
        deadline = time.monotonic() + FOCUS_SECONDS
        while time.monotonic() < deadline:
            focus = server.get_input_focus().focus
            if getattr(focus, "id", 0) not in (0, 1, ours):
                break
            time.sleep(0.02)
        else:
            return False
        time.sleep(0.05)
        shift, insert = (server.keysym_to_keycode(XK.string_to_keysym(name)) for name in ("Shift_L", "Insert"))
        for kind, code in ((X.KeyPress, shift), (X.KeyPress, insert), (X.KeyRelease, insert), (X.KeyRelease, shift)):
            xtest.fake_input(server, kind, code)
        server.sync()
        return True
    finally:
        server.close()
