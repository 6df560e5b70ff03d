#!/bin/sh
# Measures the readings on the labelled studies of ../shared and stores the run, without sentences,
# where the site's page "What it gets wrong" shows it. Run it again after any change of a rule.
set -eu
cd "$(dirname "$0")/.."
labels=../shared/data/evaluation
[ -d "$labels" ] || { echo "rapport: $labels is not there, so nothing was measured" >&2; exit 2; }
mkdir -p src/rapport/web/measured
.venv/bin/rapport atlas evaluate "$labels/gold_dev.jsonl" --texts "$labels/texts_dev.jsonl" \
    --out src/rapport/web/measured/labelled_studies.json \
    --note "The rules were written with these labels in view. Expect less on other papers." \
    --note "No paper in this set entered people by Oxford, London, Ramsay or Holmes criteria."
