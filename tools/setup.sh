#!/usr/bin/env bash
# Installs what Soundstage and its tests need: Debian packages, and a virtual environment at the given place.
# Usage: tools/setup.sh VENV
set -euo pipefail

readonly DEBIAN_PACKAGES=(ffmpeg flite)
readonly VENV=${1:?"Usage: tools/setup.sh VENV, for example: tools/setup.sh .venv"}

cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$*"; }

fail() {
    printf 'setup: %s\n' "$*" >&2
    exit 1
}

find_python() {
    local name
    for name in python3.11 python3 python3.12 python3.13; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    fail "Python 3.11 or newer was not found. On Debian 12 type: apt-get install python3 python3-venv"
}

missing_packages() {
    local package
    for package in "${DEBIAN_PACKAGES[@]}"; do
        command -v "$package" >/dev/null || echo "$package"
    done
    if [[ ! -x $VENV/bin/pip ]] && ! "$1" -c 'import ensurepip, venv' 2>/dev/null; then
        echo python3-venv
    fi
}

apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -qq --yes --no-install-recommends "$@" >/dev/null
}

install_packages() {
    if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
        say "these programs are missing: $*. On Debian, type:"
        say "    sudo apt-get update && sudo apt-get install --yes --no-install-recommends $*"
        say "going on without them: the wheels bring ffmpeg and the espeak voices, flite speaks better English."
        return
    fi
    say "installing Debian packages: $*"
    apt_install "$@" 2>/dev/null && return
    apt-get update -qq
    apt_install "$@"
}

make_venv() {
    [[ -x $VENV/bin/pip ]] || { say "making $VENV with $("$1" --version)" && "$1" -m venv "$VENV"; }
    [[ -x $VENV/bin/uv ]] || "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check uv
}

install_python_packages() {
    local uv=("$VENV/bin/uv" pip install --quiet --python "$VENV/bin/python")
    say "installing the pinned Python packages into $VENV"
    "${uv[@]}" --require-hashes -r requirements/dev.txt
    "${uv[@]}" --no-deps -e .
}

python=$(find_python)
mapfile -t missing < <(missing_packages "$python")
((${#missing[@]} == 0)) || install_packages "${missing[@]}"
make_venv "$python"
install_python_packages
say "ready: $("$VENV/bin/python" --version), $VENV"
