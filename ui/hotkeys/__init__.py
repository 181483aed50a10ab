"""ROOM: one file = one way to hear global shortcuts. Each has

- `ORDER`: the place in which it is tried
- `unavailable() -> str`: why it can't work in this session, as the end of a sentence; empty when it can. May take a
  moment: it is called on a thread
- `listen(wanted, heard) -> Listening`: hear these shortcuts (ui/keystroke.py) and call `heard(name)`, from any thread,
  when one is pressed. What can't be had is in `refused`; it raises nothing

None of them reads other keys than its own.
"""
