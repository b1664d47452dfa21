#!/usr/bin/env bash
# Install what Waymark needs into .venv and frontend/node_modules, and build the app for the browser.
#
#   deploy/setup.sh [--tests] [--bench] [--no-build]
#
# --tests adds what the checks and tests need, --bench the load tool, --no-build leaves the browser's app unbuilt.
# Each step leaves a stamp with the hash of what it was made from, so a second run does only what has changed; a
# stamp of the whole tells in a few hundredths of a second that nothing has.
set -euo pipefail
cd "$(dirname "$0")/.."

WITH_TESTS=
WITH_BENCH=
WITH_BUILD=yes
for option in "$@"; do
    case "$option" in
        --tests) WITH_TESTS=yes ;;
        --bench) WITH_TESTS=yes WITH_BENCH=yes ;;
        --no-build) WITH_BUILD= ;;
        *) echo "setup: unknown option $option" >&2; exit 2 ;;
    esac
done

STAMPS=.venv/stamps
WHOLE="whole$(printf '%s' "$@")"
RUN_PACKAGES=(ca-certificates libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation fonts-dejavu-core)
TEST_PACKAGES=(chromium chromium-headless-shell libatomic1 poppler-utils qpdf)

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

# --- stamps ---

hash_of() { sha256sum "$@" | sha256sum | cut -c1-64; }
is_fresh() { [ -f "$STAMPS/$1" ] && [ "$(cat "$STAMPS/$1")" = "$2" ]; }
stamp() { mkdir -p "$STAMPS" && printf '%s\n' "$2" >"$STAMPS/$1"; }

# What the steps below are made from: our own files, and what is installed on the machine.
hash_of_files() {
    { printf '%s\n' deploy/setup.sh deploy/*.lock tests/requirements.lock && frontend_files; } |
        tr '\n' '\0' | xargs -0 sha256sum | sha256sum | cut -c1-64
}

machine() { stat -L -c '%n %Y' "$PWD/.venv/bin/python" /var/lib/dpkg/status 2>/dev/null || true; }

is_ready() {
    [ -x .venv/bin/python ] && [ -d frontend/node_modules ] || return 1
    [ -z "$WITH_BUILD" ] || [ -f frontend/dist/index.html ] || return 1
    is_fresh "$WHOLE" "$1 $(machine)"
}

# --- Debian's packages ---

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# All that is missing is asked for at once, so that nobody has to come back for more.
install_packages() {
    command -v dpkg-query >/dev/null || return 0 # another system: its own packages must already be there
    local missing=() package
    for package in "$@"; do
        is_installed "$package" || [[ " ${missing[*]} " == *" $package "* ]] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    local asroot=()
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
            asroot=(sudo)
        else
            fail "please run as root, then start again: apt-get install --no-install-recommends ${missing[*]}"
        fi
    fi
    say "installing ${missing[*]}"
    local log
    log=$(mktemp)
    if ! { "${asroot[@]}" apt-get -q update &&
        "${asroot[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends "${missing[@]}"; } \
        >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        fail "apt-get could not install ${missing[*]} (the whole log: $log)"
    fi
    rm -f "$log"
}

# --- Python ---

# Print the first Python that is new enough and whole: a built one may lack ssl or sqlite3, Debian's lacks ensurepip.
find_python() {
    local candidate
    for candidate in python3.11 python3 /usr/bin/python3.11 /usr/bin/python3; do
        if "$candidate" -c 'import ctypes, ensurepip, sqlite3, ssl, sys, venv; assert sys.version_info >= (3, 11)' \
            >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}

make_environment() {
    # The scripts in .venv/bin hold its path, so an environment that was moved is made anew.
    local here="$PWD/.venv"
    if is_fresh environment "$here" && .venv/bin/python -m pip --version >/dev/null 2>&1; then
        return
    fi
    local python
    python=$(find_python) || fail "Waymark needs Python 3.11 or newer with venv, ssl and sqlite3"
    say "making .venv with $("$python" --version)"
    rm -rf "$STAMPS"
    "$python" -m venv --clear .venv
    stamp environment "$here"
}

install_lock() {
    local name=$1 lock=$2 hash
    hash=$(hash_of "$lock")
    is_fresh "$name" "$hash" && return
    say "installing $lock"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$lock"
    stamp "$name" "$hash"
}

# --- Node and the app in the browser ---

NODE_IS_NEW_ENOUGH='const [a, b] = process.versions.node.split(".").map(Number);
process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)'

has_own_node() { command -v npm >/dev/null && node -e "$NODE_IS_NEW_ENOUGH" >/dev/null 2>&1; }

# Put a node that Vite accepts first on the path: the machine's own, or else the one that pip brings.
find_node() {
    has_own_node && return
    install_lock node deploy/node.lock
    export PATH="$PWD/.venv/bin:$PATH"
    node -e "$NODE_IS_NEW_ENOUGH" || fail "Waymark needs Node 20.19 or newer to build the browser's app"
}

frontend_files() {
    find frontend -name node_modules -prune -o -path frontend/dist -prune -o -type f -print | LC_ALL=C sort
}

install_frontend() {
    local hash
    hash=$(printf '%s %s' "$(hash_of frontend/package-lock.json)" "$(node --version)" | sha256sum | cut -c1-64)
    [ -d frontend/node_modules ] && is_fresh npm "$hash" && return
    say "installing frontend/package-lock.json with Node $(node --version)"
    (cd frontend && npm ci --no-audit --no-fund --loglevel=error)
    stamp npm "$hash"
}

build_frontend() {
    local hash
    hash=$(frontend_files | tr '\n' '\0' | xargs -0 sha256sum | sha256sum | cut -c1-64)
    [ -f frontend/dist/index.html ] && is_fresh frontend "$hash" && return
    say "building the browser's app"
    local log
    log=$(mktemp)
    if ! (cd frontend && npm run build) >"$log" 2>&1; then
        cat "$log" >&2
        fail "the browser's app could not be built"
    fi
    rm -f "$log"
    stamp frontend "$hash"
}

# --- all of it, one at a time ---

SECONDS=0
mkdir -p .venv
exec 9<.venv
flock 9

FILES=$(hash_of_files) # what changes while we are at it is noticed by the next run
if is_ready "$FILES"; then
    say "nothing has changed"
    exit
fi
PACKAGES=("${RUN_PACKAGES[@]}" ${WITH_TESTS:+"${TEST_PACKAGES[@]}"} ${WITH_BENCH:+wrk})
find_python >/dev/null || PACKAGES+=(python3 python3-venv)
has_own_node || PACKAGES+=(libatomic1) # the node that pip brings is linked with it
install_packages "${PACKAGES[@]}"
make_environment
if [ -n "$WITH_TESTS" ]; then
    install_lock tests tests/requirements.lock # holds the lock of running, too
else
    install_lock run deploy/requirements.lock
fi
find_node
install_frontend
[ -z "$WITH_BUILD" ] || build_frontend
stamp "$WHOLE" "$FILES $(machine)"
say "ready after $SECONDS s"
