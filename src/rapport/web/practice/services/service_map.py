"""The service map of a clinic: the list, a table in and out, one service, and taking it off."""

# for: practitioner

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from rapport.core.dates import in_words
from rapport.practice.coalition import service_map
from rapport.practice.coalition.fit import is_old
from rapport.practice.coalition.rules import rules
from rapport.practice.coalition.service_map import COLUMNS, Fault
from rapport.practice.coalition.service_map.cells import ACCESS, DATES, NEEDED, cells_of
from rapport.practice.coalition.service_map.read import decoded, is_id
from rapport.practice.records.coalition import Domain, Known
from rapport.store.practice import services
from rapport.web.clock import now
from rapport.web.errors import not_found
from rapport.web.people.forms import form_page, sent
from rapport.web.practice.access import viewer
from rapport.web.practice.coalition import ways

MOST_BYTES = 1_000_000
_KNOWN = (*ACCESS, "pem_aware")


def every(request: HttpRequest) -> HttpResponse:
    """All services, by what they are about; old facts say "check first".

    One with an old id that no address can hold has no page: it can be taken off here.
    """
    asks, given = viewer(request), sent(request)
    found = services.every(asks)
    if request.method == "POST":
        services.remove(asks, given.get("remove", ""), at=now())
        return HttpResponseRedirect(f"{ways.SERVICES}?saved=1")
    today = now().date()
    return form_page(
        request,
        "practice/services/map.html",
        groups={
            domain.value: [each for each in found if each.domain is domain]
            for domain in Domain
            if any(each.domain is domain for each in found)
        },
        old={each.id for each in found if is_old(each.verified_on, rules(), today)},
        astray=[each.id for each in found if not is_id(each.id)],
        edits=asks.role in services.EDITORS,
        saved=request.GET.get("saved") == "1",
        ways=ways,
    )


def table(request: HttpRequest) -> HttpResponse:
    """A table of services: taken in whole, or refused with every fault."""
    asks = viewer(request)
    faults: tuple[Fault, ...] = ()
    pasted = sent(request).get("text", "")
    if request.method == "POST":
        text = _text(request, pasted)
        if sent(request).get("go") == "examples":
            found = service_map.Table(services=service_map.examples())
        elif text is None:
            found = service_map.Table(faults=(_NOT_TEXT,))
        else:
            found = service_map.read(text)
        faults = found.faults
        if not faults:
            services.put(asks, found.services, at=now())
            return HttpResponseRedirect(f"{ways.SERVICES}?saved=1")
    return form_page(
        request,
        "practice/services/table.html",
        status=400 if faults else 200,
        faults=faults,
        columns=COLUMNS,
        needed=NEEDED,
        pasted=pasted,
        ways=ways,
    )


def table_file(request: HttpRequest) -> HttpResponse:
    """The map as a table that a spreadsheet opens."""
    text = service_map.written(services.every(viewer(request)))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="services.csv"'
    return response


def one(request: HttpRequest, name: str) -> HttpResponse:
    """One service: every fact, to change, to check today, or to take off the map."""
    asks = viewer(request)
    found = next((each for each in services.every(asks) if each.id == name), None)
    if found is None:
        raise not_found("There is no such service in the map.")
    given, faults = sent(request), ()
    cells = cells_of(found)
    if request.method == "POST":
        if given.get("go") == "remove":
            services.remove(asks, name, at=now())
            return HttpResponseRedirect(f"{ways.SERVICES}?saved=1")
        cells |= {column: given[column] for column in COLUMNS if column in given}
        cells["id"] = name
        if given.get("go") == "checked":
            cells["verified_on"] = now().date().isoformat()
        read = service_map.row(cells)
        faults = read.faults
        if not faults:
            services.put(asks, read.services, at=now())
            return HttpResponseRedirect(f"{ways.service(name)}?saved=1")
    return form_page(
        request,
        "practice/services/one.html",
        status=400 if faults else 200,
        service=found,
        cells={column: text for column, text in cells.items() if column != "id"},
        wrong={fault.column: f"{fault.problem}; {fault.cure}" for fault in faults},
        known=_KNOWN,
        dates=DATES,
        words={column: _words(column) for column in cells},
        domains=[each.value for each in Domain],
        answers=[each.value for each in Known],
        saved=request.GET.get("saved") == "1",
        day=in_words,
        ways=ways,
    )


def _words(column: str) -> str:
    """What a column is called on the page."""
    told = rules().words.get(column)
    if told is not None:
        return f"Can it {told}?"
    return _ASKS.get(column, column.replace("_", " ").capitalize())


_ASKS = {
    "pem_aware": "Does it know that effort can make people worse later?",
    "pem_source": "How is that known?",
    "pem_checked_on": "When was that checked?",
    "wait_checked_on": "When was the wait checked?",
    "verified_on": "When was all of it checked?",
    "verified_by": "Who checked it?",
    "warnings": "Warnings (a | between two)",
    "fictional": "Is it made up (yes or no)?",
}
_NOT_TEXT = Fault(
    row=1,
    column="",
    problem="the file is not text in UTF-8, or it is too large",
    cure="save it again as CSV in UTF-8",
)


def _text(request: HttpRequest, pasted: str) -> str | None:
    """What was sent as a file, else what was pasted; None for what is no text."""
    upload = request.FILES.get("file")
    if upload is None:
        return pasted if len(pasted) <= MOST_BYTES else None
    if (upload.size or 0) > MOST_BYTES:
        return None
    return decoded(upload.read())
