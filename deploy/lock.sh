#!/usr/bin/env bash
# Write the three locks from the requirements named by hand. Hashes of every file of a release are taken,
# so one lock serves x86_64 and aarch64; settings of this machine's pip are left aside.
set -euo pipefail
cd "$(dirname "$0")/.."

TOOLS=.venv/lock
[ -x "$TOOLS/bin/pip-compile" ] || {
    .venv/bin/python -m venv "$TOOLS"
    "$TOOLS/bin/pip" install --quiet pip-tools==7.6.2
}

compile() {
    PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS='' CUSTOM_COMPILE_COMMAND='make lock' \
        "$TOOLS/bin/pip-compile" --quiet --generate-hashes --strip-extras --allow-unsafe \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options "$@"
}

compile -o deploy/requirements.lock requirements.txt
compile -c deploy/requirements.lock -o tests/requirements.lock tests/requirements.txt
compile -o deploy/node.lock deploy/node.txt
