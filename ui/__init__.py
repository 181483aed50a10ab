"""The window. Talks to the engine over a local pipe; loads no model and opens no store."""
