#!/bin/sh
# Makes or renews .venv with the locked packages: `setup.sh run` for use, `setup.sh dev` for work.
# Needs Python 3.11 or newer with its venv module, and a network for packages the first time.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-run}

fail() {
    printf 'rapport: %s\n  fix:   %s\n' "$1" "$2" >&2
    exit 2
}

find_python() {
    for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

wanted=$(cat requirements/uv.txt "requirements/$kind.txt" pyproject.toml | cksum)
stamp=".venv/.rapport-$kind"
if [ -x .venv/bin/rapport ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    exit 0
fi
if [ "$kind" = run ] && [ -f .venv/.rapport-dev ]; then
    # The working environment holds everything that use needs, and more: renew that one.
    kind=dev
    wanted=$(cat requirements/uv.txt requirements/dev.txt pyproject.toml | cksum)
    stamp=.venv/.rapport-dev
    if [ -x .venv/bin/rapport ] && [ "$(cat "$stamp")" = "$wanted" ]; then exit 0; fi
fi

[ -w . ] || fail "this folder cannot be written to: $(pwd)" \
    "copy the project into a folder of yours, or change its owner, and start again"
python=$(find_python) || fail "Python 3.11 or newer was not found" \
    "install it (Debian, Ubuntu: apt install python3 python3-venv), or name it: make run PYTHON=/path/to/python3.11"
"$python" -c 'import venv, ensurepip' >/dev/null 2>&1 || fail "this Python has no venv module: $python" \
    "install it (Debian, Ubuntu: apt install python3-venv) and start again"

printf 'Setting up with %s. The first time takes about a minute.\n' "$("$python" --version)" >&2
if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    rm -rf .venv
    "$python" -m venv .venv || fail "the environment .venv could not be made" \
        "read the message above; often the disk is full or the folder is on a restricted file system"
fi
unset PYTHONPATH PYTHONHOME
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
    --no-deps -r requirements/uv.txt 2>.venv/pip.log ||
    { cat .venv/pip.log >&2; fail "the installer could not be fetched" "check the network and start again"; }
VIRTUAL_ENV=$(pwd)/.venv
export VIRTUAL_ENV
# --inexact keeps the installer itself, which stands in the same environment.
.venv/bin/uv pip install --quiet --require-hashes -r "requirements/$kind.txt" ||
    fail "the locked packages could not be installed" "check the network and the disk, and start again"
.venv/bin/uv pip install --quiet --no-deps --no-build-isolation --editable . ||
    fail "the package itself could not be installed" "read the message above"
printf '%s' "$wanted" >"$stamp"
