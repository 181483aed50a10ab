"""`python -m copilot.cli`: the same as `nearside`."""

from copilot.cli import main

if __name__ == "__main__":
    main()
