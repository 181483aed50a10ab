"""Widgets that pages and dialogs share. None of them knows a page."""
