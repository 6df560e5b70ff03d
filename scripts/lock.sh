#!/bin/sh
# Writes the lock files: every dependency with its version and the hashes of its files.
# run.txt is what `make run` needs, dev.txt adds what tests and checks need, uv.txt the installer.
set -eu
cd "$(dirname "$0")/.."
uv=.venv/bin/uv
common="--quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header"
$uv pip compile $common "$@" --group build pyproject.toml -o requirements/run.txt
$uv pip compile $common "$@" --group dev pyproject.toml -o requirements/dev.txt
$uv pip compile $common "$@" requirements/uv.in -o requirements/uv.txt
