#!/bin/sh
# Installs the Debian packages that a purpose needs: debian_packages.sh venv|test|quality|bench
# As root it installs them; otherwise it names them in one line and goes on where tests can do without.
set -eu
case $1 in
venv) packages="python3-venv"; commands="" ;;
test) packages="strace dbus gnome-keyring"; commands="strace dbus-run-session gnome-keyring-daemon" ;;
quality | bench) packages="strace recollcmd"; commands="strace recollindex" ;;
*) echo "unknown purpose: $1" >&2; exit 2 ;;
esac
missing=""
for command in $commands; do
    command -v "$command" >/dev/null 2>&1 || missing=yes
done
[ -n "$missing" ] || [ -z "$commands" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install with your system's package tool: $packages" >&2
    exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "Please run: sudo apt-get install $packages" >&2
    [ "$1" != venv ] || exit 1
    exit 0
fi
echo "Installing Debian packages: $packages"
apt-get update -qq >/dev/null
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
