"""Europe PMC: search page by page with a cursor, and full texts as JATS.

Source: https://europepmc.org/RestfulWebService (search, fullTextXML).
"""

from collections.abc import Callable, Iterator

import msgspec

from rapport.evidence.live.asking import Asker, FetchError
from rapport.evidence.live.europepmc_record import Result, publication
from rapport.evidence.live.full_texts import step_of, with_full_text
from rapport.evidence.live.kept_answers import KeptAnswers, Question
from rapport.evidence.live.tally import Tally
from rapport.evidence.publication import Origin, Publication

BASE = "https://www.ebi.ac.uk/europepmc/webservices/rest"
INTERVAL = 0.2
"""Seconds between two questions: half of the ten a second that the service bears."""

PAGE_SIZE = 100


class _List(msgspec.Struct, frozen=True):
    result: tuple[Result, ...] = ()


class _Page(msgspec.Struct, frozen=True, rename="camel"):
    hit_count: int
    result_list: _List = _List()
    next_cursor_mark: str | None = None


class _Refusal(msgspec.Struct, frozen=True, rename="camel"):
    err_msg: str


class EuropePmc:
    """One retrieval from Europe PMC."""

    def __init__(
        self, base: str, asker: Asker, kept: KeptAnswers, tell: Callable[[str], None]
    ) -> None:
        self._base = base.rstrip("/")
        self._asker = asker
        self._kept = kept
        self._tell = tell

    def retrieve(self, question: Question) -> None:
        """Ask for everything that is not kept yet. Raises: FetchError; what came is kept."""
        wanted: list[str] = []
        for number, (page, results) in enumerate(self._pages(question), start=1):
            self._tell(f"page {number}: {len(results)} records, {page.hit_count} hits")
            wanted += [each.pmcid for each in results if each.has_full_text and each.pmcid]
        if question.full_text:
            self._full_texts(list(dict.fromkeys(wanted)))

    def records(self, question: Question, tally: Tally) -> Iterator[Publication]:
        """The publications of a retrieval that is complete, each once, from what is kept."""
        seen: set[tuple[str, str]] = set()
        counts: list[int] = []
        for page, results in self._pages(question):
            counts.append(page.hit_count)
            for result in results:
                if (result.source, result.id) in seen:
                    tally.counts["repeated"] += 1
                    continue
                seen.add((result.source, result.id))
                yield self._record(result, len(seen), tally)
        tally.counts["hits"] = counts[-1]
        tally.counts["records"] = len(seen)
        _check(counts, len(seen), question, tally)

    def _record(self, result: Result, position: int, tally: Tally) -> Publication:
        origin = Origin(file="europepmc", position=position, format="europepmc")
        record = publication(result, origin)
        return with_full_text(record, self._kept, tally) if result.has_full_text else record

    def _pages(self, question: Question) -> Iterator[tuple[_Page, tuple[Result, ...]]]:
        """Each page with as many of its results as the limit still allows."""
        cursor: str | None = "*"
        left = question.limit
        seen: set[str] = set()
        while cursor is not None and cursor not in seen and left != 0:
            seen.add(cursor)
            page = self._page(question, cursor)
            results = page.result_list.result[:left]
            yield page, results
            left = None if left is None else left - len(results)
            cursor = page.next_cursor_mark if results else None

    def _page(self, question: Question, cursor: str) -> _Page:
        step = f"page {cursor}"
        if self._kept.status(step) is None:
            parameters = {
                "query": question.query,
                "resultType": "core",
                "format": "json",
                "pageSize": str(min(PAGE_SIZE, question.limit or PAGE_SIZE)),
                "cursorMark": cursor,
            }
            answer = self._asker.ask(f"{self._base}/search", parameters, faulty=_page_fault)
            if answer.status != 200:
                raise _refused(f"status {answer.status}", self._base)
            self._kept.keep(step, answer.status, answer.body, ".json")
        return msgspec.json.decode(self._kept.body(step), type=_Page)

    def _full_texts(self, pmcids: list[str]) -> None:
        """Ask for each full text; that there is none is an answer too."""
        for number, pmcid in enumerate(pmcids, start=1):
            if self._kept.status(step_of(pmcid)) is None:
                answer = self._asker.ask(f"{self._base}/{pmcid}/fullTextXML", {})
                self._kept.keep(step_of(pmcid), answer.status, answer.body, ".xml")
                self._tell(f"full text {number} of {len(pmcids)}: {pmcid}")


def _page_fault(body: bytes) -> str | None:
    """What is wrong with a page, if another try may put it right."""
    try:
        msgspec.json.decode(body, type=_Page)
    except msgspec.MsgspecError as error:
        try:
            refusal = msgspec.json.decode(body, type=_Refusal)
        except msgspec.MsgspecError:
            return f"the answer is not a page of results ({error})"
        raise _refused(refusal.err_msg, "Europe PMC") from None
    return None


def _refused(words: str, where: str) -> FetchError:
    return FetchError(
        f"The server refuses the query: {words}.",
        where=where,
        fix="Check the query; see https://europepmc.org/searchsyntax.",
    )


def _check(counts: list[int], received: int, question: Question, tally: Tally) -> None:
    """Say so if the hits changed on the way, or if fewer came than there are."""
    if len(set(counts)) > 1:
        tally.problems.append(
            f"The number of hits changed on the way, from {counts[0]} to {counts[-1]}."
        )
    expected = counts[-1] if question.limit is None else min(counts[-1], question.limit)
    if received < expected:
        tally.problems.append(f"{received} records came, but there should be {expected}.")
