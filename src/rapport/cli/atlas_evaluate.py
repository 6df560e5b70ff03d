"""`rapport atlas evaluate`: how right the readings are, with every error."""

import random  # noqa: TID251  # a shell seeds the generator
import sys
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
import typer

from rapport.cards.facts import DesignRecord
from rapport.cards.parts import Part, Sentence
from rapport.cards.verdicts import Verdict
from rapport.cards.wording import Wording
from rapport.cli.clock import day
from rapport.cli.records import told_aside
from rapport.core.encoding import content_hash, to_pretty_json
from rapport.core.errors import InputError, UsageError
from rapport.evidence.build.program import program_hash
from rapport.evidence.canonical import canonical
from rapport.evidence.evaluate.against import Texts, compared, told
from rapport.evidence.evaluate.labels import (
    LabelledPaper,
    LabelledReading,
    parsed,
)
from rapport.evidence.evaluate.readings import Compared, field_evaluations
from rapport.evidence.evaluate.report import report
from rapport.evidence.evaluate.run import (
    ErrorFound,
    EvaluationRun,
    FieldEvaluation,
    without_sentences,
)
from rapport.evidence.evaluate.statements import (
    PaperRead,
    Refuses,
    notes,
    statement_evaluations,
)
from rapport.evidence.publication import Publication
from rapport.evidence.read.reader import Reader
from rapport.evidence.read.reading import READER_VERSION
from rapport.evidence.sources.files import publications
from rapport.evidence.sources.record import Quarantined
from rapport.knowledge.load import load


class _Measured(NamedTuple):
    """What was measured, on which labels, and the texts that places of errors count in."""

    on: str
    labels: str
    fields: tuple[FieldEvaluation, ...]
    errors: tuple[ErrorFound, ...]
    texts: Texts
    notes: tuple[str, ...] = ()


Gold = Annotated[
    Path | None, typer.Argument(help="Labelled studies, JSON Lines.", metavar="[GOLD]")
]
GoldTexts = Annotated[
    Path | None, typer.Option("--texts", help="The texts of GOLD, in any source format.")
]
Statements = Annotated[
    Path | None, typer.Option("--statements", help="Labelled sentences, JSON Lines.")
]
Sources = Annotated[
    Path | None, typer.Option("--sources", help="Folder with the papers, named by id.")
]
Out = Annotated[
    Path | None, typer.Option("--out", help="Store the run here, without sentences.")
]
Against = Annotated[
    Path | None,
    typer.Option("--against", metavar="STORED", help="Compare with a stored run."),
]
Notes = Annotated[
    list[str] | None,
    typer.Option(help="What readers must know of these labels; may be repeated."),
]
Draws = Annotated[int, typer.Option("--draws", help="Bootstrap draws.", min=1)]
Seed = Annotated[int, typer.Option("--seed", help="Seed of the bootstrap.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Date of the run; today.")
]
AsJson = Annotated[bool, typer.Option("--json", help="The run, or the comparison, as JSON.")]


def atlas_evaluate(
    gold: Gold = None,
    texts: GoldTexts = None,
    statements: Statements = None,
    sources: Sources = None,
    out: Out = None,
    against: Against = None,
    note: Notes = None,
    draws: Draws = 1000,
    seed: Seed = 1,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Measure the readings against labels made by people, and list every error.

    Either GOLD with --texts (badge, definitions, combination, design, number of patients), or
    --statements with --sources (kind and strength of sentences). With --against the errors are
    those that were mended, are new or stay, beside a run that --out or --json stored; exit
    status 1 if there is a new one.

    Example: rapport atlas evaluate gold.jsonl --texts texts.jsonl --out accuracy.json
    """
    stored = None if against is None else _stored(against)
    rng = random.Random(seed)  # noqa: S311  # draws for intervals, no secrets
    if gold is not None and texts is not None:
        measured = _readings(gold, texts, rng, draws)
    elif statements is not None and sources is not None:
        measured = _statements(statements, sources, rng, draws)
    else:
        raise _nothing_to_measure()
    run = EvaluationRun(
        measured_on=measured.on,
        date=_date(as_of),
        reader=READER_VERSION,
        knowledge=load().version,
        seed=seed,
        draws=draws,
        fields=measured.fields,
        errors=measured.errors,
        notes=(*measured.notes, *(note or ())),
        labels=measured.labels,
        program=program_hash(),
    )
    comparison = None if stored is None else compared(stored, run, measured.texts)
    if out is not None:
        _store(out, run)
    if as_json:
        sys.stdout.write(to_pretty_json(comparison or run).decode())
    else:
        sys.stdout.write(report(run) if comparison is None else told(comparison))
    if comparison is not None and comparison.new:
        raise typer.Exit(1)


def _nothing_to_measure() -> UsageError:
    return UsageError(
        "nothing to measure against",
        where="rapport atlas evaluate",
        fix="name GOLD with --texts, or --statements with --sources",
    )


def _readings(gold: Path, texts: Path, rng: random.Random, draws: int) -> _Measured:
    data = _bytes(gold)
    labels = parsed(data, LabelledReading, where=str(gold))
    by_id = _texts(texts)
    missing = [label.id for label in labels if label.id not in by_id]
    if missing or not any(map(_has_text, by_id.values())):
        raise InputError(
            f"{len(missing or labels)} labelled studies have no text, the first is "
            f"{(missing or [labels[0].id])[0]}",
            where=str(texts),
            fix="give the texts that belong to the labels",
        )
    unlabelled = sorted(by_id.keys() - {label.id for label in labels})
    if unlabelled:
        _say(f"{len(unlabelled)} texts have no label and are left out, first {unlabelled[0]}")
    reader = Reader(load())
    studies = [_compared(label, by_id[label.id], reader) for label in labels]
    fields, errors = field_evaluations(studies, rng, draws)
    return _Measured(
        on=f"{len(labels)} studies that people had labelled.",
        labels=content_hash(data),
        fields=fields,
        errors=errors,
        texts={study.label.id: study.fields for study in studies},
    )


def _texts(path: Path) -> dict[str, Publication]:
    """The publications by id; what cannot be read is told with its reason."""
    found: dict[str, Publication] = {}
    for record in publications([path]):
        if isinstance(record, Quarantined):
            _say(told_aside(record))
        elif isinstance(record, Publication):
            if record.id in found:
                raise InputError(
                    f"the text of {record.id} is there twice",
                    where=f"{record.origin.file}, record {record.origin.position}",
                    fix="keep one of the two",
                )
            found[record.id] = record
    return found


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _has_text(publication: Publication) -> bool:
    """Whether there is more to read than a title."""
    return bool(canonical(publication).fields.keys() - {"title"})


def _compared(label: LabelledReading, publication: Publication, reader: Reader) -> Compared:
    return Compared(
        label=label,
        reading=reader.read(publication),
        fields=canonical(publication).fields,
    )


def _refuses(wording: Wording) -> Refuses:
    """Whether any clause of a sentence is refused."""

    def refuses(sentence: str, part: Part, design: DesignRecord) -> bool:
        read = (Sentence(start=0, end=len(sentence), part=part),)
        found = wording.findings(sentence, design=design, badge=None, read=read)
        return any(finding.verdict is Verdict.REFUSAL for finding in found)

    return refuses


def _statements(labelled: Path, sources: Path, rng: random.Random, draws: int) -> _Measured:
    data = _bytes(labelled)
    labels = parsed(data, LabelledPaper, where=str(labelled))
    reader = Reader(load())
    papers = {label.id: _paper(label, sources) for label in labels}
    read = [
        PaperRead(label=label, statements=reading.statements, design=reading.design)
        for label in labels
        for reading in (reader.read(papers[label.id]),)
    ]
    fields, errors = statement_evaluations(read, _refuses(Wording(load())), rng, draws)
    sentences = sum(len(p.abstract_sentences) + len(p.body_sentences) for p in labels)
    return _Measured(
        on=f"{sentences} sentences of {len(labels)} papers, labelled.",
        labels=content_hash(data),
        fields=fields,
        errors=errors,
        texts={name: canonical(paper).fields for name, paper in papers.items()},
        notes=notes(),
    )


def _paper(paper: LabelledPaper, sources: Path) -> Publication:
    """The paper whose file is named by its id."""
    for path in sorted(sources.glob(f"{paper.id}.*")):
        for record in publications([path]):
            if isinstance(record, Publication):
                return record
    raise InputError(
        f"the labelled paper {paper.id} is not there, or cannot be read",
        where=str(sources),
        fix=f"put its file there, named {paper.id} with the ending of its format",
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"the file cannot be read: {error.strerror}",
            where=str(path),
            fix="name a file that exists and may be read",
        ) from error


def _stored(path: Path) -> EvaluationRun:
    try:
        return msgspec.json.decode(_bytes(path), type=EvaluationRun)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"this is not a stored run: {error}",
            where=str(path),
            fix="name a file that `rapport atlas evaluate ... --out FILE` wrote",
        ) from error


def _store(path: Path, run: EvaluationRun) -> None:
    try:
        path.write_bytes(to_pretty_json(without_sentences(run)))
    except OSError as error:
        raise InputError(
            f"the run cannot be stored: {error.strerror}",
            where=str(path),
            fix="name a file in a folder that exists and may be written to",
        ) from error


def _date(as_of: str | None) -> str:
    try:
        return day(as_of).isoformat()
    except ValueError:
        raise UsageError(
            f"'{as_of}' is not a date", where="--as-of", fix="write it as 2026-12-01"
        ) from None
