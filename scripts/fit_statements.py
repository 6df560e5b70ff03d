"""Fit the weights by which sentences are told apart, and measure them by paper.

    python scripts/fit_statements.py STATEMENTS.jsonl SOURCES_DIR --bodies BODIES.jsonl --out weights.toml

STATEMENTS holds whole abstracts and findings chosen from bodies, BODIES sentences of bodies as
they come, so that what is no finding is known too.

Multinomial logistic regression with an L2 penalty, by stochastic gradient descent with Adagrad;
everything from the standard library, one fixed seed, so the same input gives the same file.
Measured by 10-fold cross-validation over papers: no paper is in both parts.
"""

import argparse
import json
import math
import random  # noqa: TID251  # a script with one fixed seed
from collections import Counter, defaultdict
from pathlib import Path

from rapport.cards.strength import Strength
from rapport.core.vocabulary import StatementKind
from rapport.evidence.evaluate.matching import matched
from rapport.evidence.publication import Publication
from rapport.evidence.read.statements.features import features
from rapport.evidence.read.statements.statements import CARRIED as CARRIED_KINDS
from rapport.evidence.read.statements.statements import after_all, candidates, clear
from rapport.evidence.read.text.document import document
from rapport.evidence.sources.files import publications
from rapport.knowledge.load import load

KINDS = tuple(StatementKind)
CARRIED = tuple(kind for kind in KINDS if kind in CARRIED_KINDS)
WORD_SCALE = 0.7
PENALTY = 3.0
EPOCHS = 40
RATE = 0.3
FEWEST_PAPERS = 3
FOLDS = 10
SEED = 1

HEADER = """\
id = "weights"
title = "How much each feature of a sentence speaks for each kind"
version = 1
why = "Cues point in several directions at once; their weights were fitted to sentences that a reader had labelled."
verification = "principle"
authored_by = "The Rapport contributors"
reviewed_on = "2026-11-22"
review_by = "2028-11-22"
notes = [
  "Written by scripts/fit_statements.py; not edited by hand.",
  "No sentence was labelled by a second reader. The cues were written by people who had seen these sentences, so the measure is optimistic.",
  "Of 40 papers the body's labels are chosen findings; of 18 every sentence of the results, discussion and conclusion, or every second to fifth of a long one, was labelled, so that what is no finding is known too.",
  "Only single words are kept, and only those that occur in at least three papers; no sentence is.",
]
kinds = [{kinds}]

[[sources]]
what = "{n} sentences of {papers} open-access papers, most of them on ME/CFS and Long COVID, labelled by two readers, each paper's sentences by one of them"

[measured]
{measured}

[weights]
"""


def load_examples(statements, sources, *, as_they_come=False):
    """(paper, features, kind, section, as they come) of every labelled sentence that is found."""
    strength = Strength(load())
    papers = [json.loads(line) for line in statements.read_text().splitlines()]
    files = [sources / f"{paper['id']}.xml" for paper in papers]
    read = {
        Path(each.origin.file).stem: document(each)
        for each in publications(files)
        if isinstance(each, Publication)
    }
    examples = []
    for paper in papers:
        sentences = candidates(read[paper["id"]])
        shown = list(features(sentences, strength))
        labelled = [*paper["abstract_sentences"], *paper["body_sentences"]]
        quotes = [(label["quote"], "section" not in label) for label in labelled]
        texts = [(e.text, e.section.value == "abstract") for e in sentences.sentences]
        for label, index in zip(labelled, matched(quotes, texts), strict=True):
            if index is not None:
                section = sentences.sentences[index].section
                examples.append(
                    (paper["id"], shown[index].names, label["kind"], section, as_they_come)
                )
    return examples


def value(name):
    return WORD_SCALE if name.startswith("word:") else 1.0


def common(examples):
    """The features that occur in enough papers."""
    papers = defaultdict(set)
    for paper, names, *_ in examples:
        for name in names:
            papers[name].add(paper)
    return {name for name, found in papers.items() if len(found) >= FEWEST_PAPERS}


def fit(examples, seed=SEED):
    """Weights by feature, one for each kind; the bias is the feature `bias`."""
    kept = common(examples)
    rows = [
        ([(n, value(n)) for n in names if n in kept] + [("bias", 1.0)], KINDS.index(kind))
        for _, names, kind, *_ in examples
    ]
    weights = defaultdict(lambda: [0.0] * len(KINDS))
    squares = defaultdict(lambda: [1e-8] * len(KINDS))
    shuffled = random.Random(seed)  # a fixed seed, in a script
    occurrences = Counter(name for row, _ in rows for name, _ in row)
    for _ in range(EPOCHS):
        shuffled.shuffle(rows)
        for row, gold in rows:
            chances = softmax(
                [sum(weights[n][k] * v for n, v in row) for k in range(len(KINDS))]
            )
            chances[gold] -= 1.0
            for name, v in row:
                w, s = weights[name], squares[name]
                penalty = 0.0 if name == "bias" else PENALTY / occurrences[name]
                for k, chance in enumerate(chances):
                    slope = chance * v + penalty * w[k]
                    s[k] += slope * slope
                    w[k] -= RATE * slope / math.sqrt(s[k])
    return weights


def softmax(sums):
    top = max(sums)
    parts = [math.exp(each - top) for each in sums]
    whole = sum(parts)
    return [each / whole for each in parts]


def predicted(weights, names):
    sums = list(weights["bias"])
    for name in names:
        if name in weights:
            for k, w in enumerate(weights[name]):
                sums[k] += w * value(name)
    return KINDS[sums.index(max(sums))], sums


def crossed(examples):
    """Of every example, by papers held out: (kind, read, read of the four, clear, as they come)."""
    papers = sorted({paper for paper, *_ in examples})
    random.Random(SEED).shuffle(papers)  # a fixed seed, in a script
    found = []
    for fold in range(FOLDS):
        held = set(papers[fold::FOLDS])
        weights = fit([each for each in examples if each[0] not in held])
        for paper, names, kind, section, as_they_come in examples:
            if paper in held:
                first, sums = predicted(weights, names)
                read = after_all(first, section, names)
                four = max(CARRIED, key=lambda each: sums[KINDS.index(each)])
                margin = max(sums) - max(
                    each for k, each in zip(KINDS, sums, strict=True) if k not in CARRIED
                )
                is_clear = clear(read, margin, section, names)
                found.append((kind, read.value, four, is_clear, as_they_come))
    return found


def f1(pairs, kind):
    hit = sum(a == b == kind for a, b in pairs)
    wrong = sum((a == kind) != (b == kind) for a, b in pairs)
    return 2 * hit / (2 * hit + wrong) if hit else 0.0


def measured(found):
    chosen = [each for each in found if not each[4]]
    of_all = [(kind, read) for kind, read, *_ in chosen]
    of_four = [(kind, four) for kind, _, four, *_ in chosen if kind in CARRIED]
    lines = {
        "method": "10-fold cross-validation by paper",
        "sentences": str(len(chosen)),
        "macro_f1_of_four_kinds": f"{sum(f1(of_four, k) for k in CARRIED) / 4:.3f}",
        "macro_f1_of_four_among_eight": f"{sum(f1(of_all, k) for k in CARRIED) / 4:.3f}",
    }
    for kind in KINDS:
        lines[f"f1_{kind.value}"] = f"{f1(of_all, kind.value):.3f}"
    come = [each for each in found if each[4]]
    lines["sentences_of_bodies"] = str(len(come))
    for kind in CARRIED:
        lines[f"precision_in_bodies_{kind}"] = precision(come, kind)
        lines[f"precision_in_bodies_where_clear_{kind}"] = precision(
            [each for each in come if each[3]], kind
        )
    return lines


def precision(found, kind):
    right = [gold == kind for gold, read, *_ in found if read == kind]
    return f"{sum(right)} of {len(right)}"


def write(out, examples, weights, lines):
    head = HEADER.format(
        kinds=", ".join(f'"{kind.value}"' for kind in KINDS),
        n=len(examples),
        papers=len({paper for paper, *_ in examples}),
        measured="\n".join(f'{key} = "{text}"' for key, text in lines.items()),
    )
    rows = []
    for name in sorted(weights):
        numbers = [round(w * value(name), 2) for w in weights[name]]
        if any(numbers):
            rows.append(f'"{name}" = [{", ".join(f"{each:g}" for each in numbers)}]')
    out.write_text(head + "\n".join(rows) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("statements", type=Path)
    parser.add_argument("sources", type=Path)
    parser.add_argument("--bodies", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    examples = load_examples(asked.statements, asked.sources)
    examples += load_examples(asked.bodies, asked.sources, as_they_come=True)
    lines = measured(crossed(examples))
    for key, text in lines.items():
        print(key, text)
    write(asked.out, examples, fit(examples), lines)


if __name__ == "__main__":
    main()
