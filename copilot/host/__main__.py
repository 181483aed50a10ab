"""`python -m copilot.host`: the engine process."""

from copilot.host.server import main

if __name__ == "__main__":
    raise SystemExit(main())
