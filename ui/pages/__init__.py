"""ROOM: one file = one page of the window. Each file has

- `PAGE_ID`: its name in wishes and in `--page`
- `ORDER`: its place in the navigation
- `title() -> str`: its translated name there
- `build(desk: Desk) -> QWidget`: the page; it may have a method `shown()`, called each time it comes to the front

A page talks to the engine through `desk.link` and to the other pages through `desk.wishes`, never to another page.
"""
