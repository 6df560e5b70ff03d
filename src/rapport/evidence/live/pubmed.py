"""PubMed by the E-utilities: search for the numbers, then records in batches.

The numbers are asked for once and kept, and records are asked for by number. So a retrieval
that goes on the next day continues with the same hits; a session on the history server would be
gone by then, and gives no more of PubMed than a search does. A query with more hits than one
search gives out is asked by the days on which records came into PubMed.
Source: https://www.ncbi.nlm.nih.gov/books/NBK25499/ (ESearch, EFetch).
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

import msgspec

from rapport.core.errors import UsageError
from rapport.evidence.live.asking import Answer, Asker, FetchError
from rapport.evidence.live.full_texts import read_answer, step_of, with_full_text
from rapport.evidence.live.kept_answers import KeptAnswers, Question
from rapport.evidence.live.tally import Tally
from rapport.evidence.publication import Publication

BASE = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
INTERVAL = 0.34
INTERVAL_WITH_KEY = 0.11
"""Seconds between two questions: three a second, ten with a key (NBK25497)."""

BATCH = 200
MOST = 9_999
"""ESearch gives out no more numbers than this of one query to PubMed."""


_ALL_DAYS = date(1900, 1, 1), date(2999, 12, 31)
"""PubMed's records came into it (datetype edat) between these."""


class _Hits(msgspec.Struct, frozen=True):
    count: str = "0"
    idlist: tuple[str, ...] = ()
    error: str | None = msgspec.field(default=None, name="ERROR")


class _Found(msgspec.Struct, frozen=True):
    esearchresult: _Hits


class PubMed:
    """One retrieval from PubMed. `sender` goes with every question: tool, email, api_key."""

    def __init__(
        self,
        base: str,
        asker: Asker,
        kept: KeptAnswers,
        tell: Callable[[str], None],
        sender: Mapping[str, str],
    ) -> None:
        self._base = base.rstrip("/")
        self._asker = asker
        self._kept = kept
        self._tell = tell
        self._sender = dict(sender)

    def retrieve(self, question: Question) -> None:
        """Ask for everything that is not kept yet. Raises: FetchError; what came is kept."""
        hits = self._hits(question)
        for number, batch in enumerate(_batches(hits.idlist), start=1):
            self._batch(batch)
            self._tell(f"batch {number}: {len(batch)} records, {hits.count} hits")
        if question.full_text:
            self._full_texts(hits)

    def records(self, question: Question, tally: Tally) -> Iterator[Publication]:
        """The publications of a retrieval that is complete, from what is kept."""
        hits = self._hits(question)
        tally.counts["hits"] = int(hits.count)
        for record in self._batched(hits, tally):
            tally.counts["records"] += 1
            yield with_full_text(record, self._kept, tally)
        received = tally.counts["records"] + tally.counts["not read"]
        expected = min(int(hits.count), question.limit or int(hits.count))
        if received < expected:
            tally.problems.append(f"{received} records came, but there should be {expected}.")

    def _batched(self, hits: _Hits, tally: Tally) -> Iterator[Publication]:
        for batch in _batches(hits.idlist):
            yield from read_answer(self._kept, _step(batch), tally)

    def _hits(self, question: Question) -> _Hits:
        """The numbers of all hits, or of as many as the limit says."""
        hits = self._search(question, "search", {})
        if int(hits.count) <= MOST or (question.limit or MOST + 1) <= MOST:
            return hits
        parts = self._by_days(question, *_ALL_DAYS)
        ids = dict.fromkeys(number for part in parts for number in part.idlist)
        return _Hits(count=hits.count, idlist=tuple(ids)[: question.limit])

    def _by_days(self, question: Question, first: date, last: date) -> Iterator[_Hits]:
        """The hits that came into PubMed from `first` to `last`, in searches small enough."""
        days = {
            "datetype": "edat",
            "mindate": f"{first:%Y/%m/%d}",
            "maxdate": f"{last:%Y/%m/%d}",
        }
        hits = self._search(question, f"search {first} to {last}", days)
        if int(hits.count) <= MOST:
            yield hits
            return
        if first == last:
            raise UsageError(
                f"PubMed gives out {MOST} records of one query, and {hits.count} of the hits"
                f" came into it on one day, {first}.",
                where=question.query,
                fix="Make the query narrower, or set --limit.",
            )
        middle = first + (last - first) // 2
        yield from self._by_days(question, first, middle)
        yield from self._by_days(question, middle + timedelta(days=1), last)

    def _search(self, question: Question, step: str, days: Mapping[str, str]) -> _Hits:
        if self._kept.status(step) is None:
            parameters = {
                "db": "pubmed",
                "term": question.query,
                "retmode": "json",
                "retmax": str(min(question.limit or MOST, MOST)),
                **days,
            }
            body = self._ask("esearch.fcgi", parameters, _search_fault)
            self._kept.keep(step, 200, body, ".json")
        return msgspec.json.decode(self._kept.body(step), type=_Found).esearchresult

    def _batch(self, ids: tuple[str, ...]) -> None:
        if self._kept.status(_step(ids)) is None:
            parameters = {"db": "pubmed", "id": ",".join(ids), "retmode": "xml"}
            body = self._ask("efetch.fcgi", parameters, _batch_fault)
            self._kept.keep(_step(ids), 200, body, ".xml")

    def _full_texts(self, hits: _Hits) -> None:
        """Ask PubMed Central for the full text of each record that has a PMCID."""
        found = self._batched(hits, Tally())
        pmcids = [each.identifiers.pmcid for each in found if each.identifiers.pmcid]
        for number, pmcid in enumerate(dict.fromkeys(pmcids), start=1):
            if self._kept.status(step_of(pmcid)) is None:
                parameters = {"db": "pmc", "id": pmcid.removeprefix("PMC"), "retmode": "xml"}
                answer = self._question("efetch.fcgi", parameters, _no_fault)
                self._kept.keep(step_of(pmcid), answer.status, answer.body, ".xml")
                self._tell(f"full text {number} of {len(pmcids)}: {pmcid}")

    def _ask(
        self, name: str, parameters: dict[str, str], faulty: Callable[[bytes], str | None]
    ) -> bytes:
        answer = self._question(name, parameters, faulty)
        if answer.status != 200:
            raise _refused(f"status {answer.status}", f"{self._base}/{name}")
        return answer.body

    def _question(
        self, name: str, parameters: dict[str, str], faulty: Callable[[bytes], str | None]
    ) -> Answer:
        return self._asker.ask(
            f"{self._base}/{name}", {**parameters, **self._sender}, post=True, faulty=faulty
        )


def _batches(ids: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _step(ids: tuple[str, ...]) -> str:
    return f"records {ids[0]} to {ids[-1]}"


def _no_fault(body: bytes) -> str | None:  # noqa: ARG001  # any answer is kept
    return None


def _search_fault(body: bytes) -> str | None:
    """What is wrong with a search, if another try may put it right."""
    try:
        hits = msgspec.json.decode(body, type=_Found).esearchresult
    except msgspec.MsgspecError as error:
        return f"the answer is not a list of hits ({error})"
    if hits.error is not None:
        raise _refused(hits.error, "PubMed")
    return None


def _batch_fault(body: bytes) -> str | None:
    return None if b"<PubmedArticleSet" in body else "the answer holds no records"


def _refused(words: str, where: str) -> FetchError:
    return FetchError(
        f"The server refuses the query: {words}.",
        where=where,
        fix="Check the query; see https://pubmed.ncbi.nlm.nih.gov/help/.",
    )
