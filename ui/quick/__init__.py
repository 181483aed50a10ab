"""The quick bar: one field above every program, one keystroke away."""
