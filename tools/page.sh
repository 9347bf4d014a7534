#!/usr/bin/env bash
# Builds, checks, tests or repairs the page in web/, after installing its pinned packages where they changed.
# Usage: tools/page.sh build|check|test|fix
set -euo pipefail

readonly ACTION=${1:-}
readonly INSTALLED=node_modules/.soundstage-installed
readonly BUILT=node_modules/.soundstage-built

cd "$(dirname "$0")/../web"

say() { printf 'page: %s\n' "$*"; }

require_node() {
    local is_new='const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'
    command -v npm >/dev/null && node -e "$is_new" && return
    say "Node 20.19 or newer with npm is missing, so the page cannot be built, checked or tested." >&2
    say "Install it from https://nodejs.org, or on Debian 13 type: sudo apt-get install --yes nodejs npm" >&2
    [[ -z ${CI:-} ]] || exit 1
    say "going on without the page: the API and the commands work." >&2
    exit 0
}

# By content: a checkout gives every file the time of the day.
install_packages() {
    sha256sum --check --status "$INSTALLED" 2>/dev/null && return
    say "installing the pinned npm packages into web/node_modules"
    npm ci --loglevel=error --no-audit --no-fund >/dev/null
    sha256sum package-lock.json >"$INSTALLED"
}

is_built() {
    [[ -f dist/index.html && -f $BUILT ]] || return 1
    [[ -z $(find . -mindepth 1 \( -name node_modules -o -path ./dist \) -prune -o -newer "$BUILT" -print -quit) ]]
}

# The stamp takes its time before the build begins: what changes meanwhile is built the next time.
build() {
    is_built && return
    say "building the page into web/dist"
    touch "$BUILT.begun"
    npm run --silent build -- --logLevel warn
    mv "$BUILT.begun" "$BUILT"
}

case $ACTION in
build | check | test | fix) ;;
*)
    say "usage: tools/page.sh build|check|test|fix" >&2
    exit 2
    ;;
esac
require_node
install_packages
if [[ $ACTION == build ]]; then build; else npm run --silent "$ACTION"; fi
