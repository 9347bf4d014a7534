#!/usr/bin/env bash
# Installs what the tests need beside the program: a browser, and the clients from npm that drive the server.
set -euo pipefail

cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$*"; }

install_browser() {
    command -v chromium >/dev/null && return
    if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
        say "chromium is missing, so the tests of pages are skipped. On Debian, type:"
        say "    sudo apt-get update && sudo apt-get install --yes --no-install-recommends chromium"
        return
    fi
    say "installing the Debian package chromium"
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -qq --yes --no-install-recommends chromium >/dev/null 2>&1 && return
    apt-get update -qq
    apt-get install -qq --yes --no-install-recommends chromium >/dev/null
}

install_npm_clients() {
    if ! command -v npm >/dev/null; then
        say "Node 20 with npm is missing, so the tests with clients from npm are skipped. On Debian: apt-get install npm"
        return
    fi
    say "installing the npm clients of the tests"
    npm ci --prefix tests/npm --loglevel=error >/dev/null
}

install_browser
install_npm_clients
