#!/bin/sh
# Installs the Debian packages that a purpose needs: debian_packages.sh venv|run|test|quality|bench|screenshots
# As root it installs them; otherwise it names them in one line and goes on where tests can do without.
set -eu
# What Qt wants of an X11 session and does not bring along.
window="libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0 \
libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-randr0 libxcb-xkb1 libdbus-1-3 libfontconfig1"
case $1 in
venv) packages="python3-venv"; commands="" ;;
run) packages="$window"; commands="" ;;
test) packages="strace dbus at-spi2-core weston gnome-keyring xvfb xdotool openbox x11-xserver-utils fonts-noto-cjk $window"
    commands="strace dbus-run-session /usr/libexec/at-spi-bus-launcher weston gnome-keyring-daemon Xvfb xdotool openbox xrandr" ;;
screenshots) packages="xvfb openbox fonts-noto-cjk fonts-inter $window"; commands="Xvfb openbox" ;;
quality | bench) packages="strace recollcmd poppler-utils fonts-noto-cjk fonts-dejavu-core fonts-inter"
    commands="strace recollindex pdftotext" ;;
*) echo "unknown purpose: $1" >&2; exit 2 ;;
esac
missing=""
# A window needs libraries and no command: ask the loader for the one that is missing most often.
if [ "$1" = run ]; then
    { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -z "${NEARSIDE_NO_WINDOW:-}" ]; } || exit 0
    ! { ldconfig -p || /sbin/ldconfig -p; } 2>/dev/null | grep -q libxcb-cursor.so.0 || exit 0
fi
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
