#!/bin/sh
# Makes or updates a virtual environment from a hash-checked list: environment.sh VENV LOCK
set -eu
venv=$1
lock=$2
python=${PYTHON:-python3}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo "Nearside needs Python 3.11 or newer; '$python' is older or missing. Say which one to use: make PYTHON=/path/to/python3.11" >&2
    exit 1
}
if [ ! -x "$venv/bin/pip" ]; then
    if ! "$python" -m venv "$venv" 2>/dev/null; then
        # Debian ships venv apart from Python.
        sh "$(dirname "$0")/debian_packages.sh" venv
        "$python" -m venv --clear "$venv"
    fi
fi
echo "Installing what Nearside stands on (checked against $(basename "$lock"))"
"$venv/bin/pip" install --quiet --no-deps --require-hashes --only-binary :all: -r "$lock"
"$venv/bin/pip" install --quiet --no-deps --no-build-isolation -e .
