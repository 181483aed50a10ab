"""Dialogs: the few things that may stand in the way: consent, keys, first run, the sheet of shortcuts."""
