"""ROOM: one file = one way to hear a global shortcut. Each has `unavailable()` and `listen(keys, heard)`."""
