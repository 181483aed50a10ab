"""Files in, hits out. No Qt, no network, no model runtime, no secrets, no settings."""
