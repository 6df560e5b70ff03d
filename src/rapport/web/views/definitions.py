"""The case definitions: the list, and a page for each."""

from django.http import HttpRequest, HttpResponse

from rapport.cards.badge_words import BADGES
from rapport.core.vocabulary import Badge
from rapport.evidence.search.query import Query
from rapport.knowledge.model import CaseDefinition, PemStatus
from rapport.web import addresses, words
from rapport.web.errors import not_found
from rapport.web.render import page
from rapport.web.search_page import Asked
from rapport.web.shapes import DefinitionData, DefinitionList, DefinitionRow
from rapport.web.site import site


def definitions(request: HttpRequest) -> HttpResponse:
    """Every case definition, grouped by what it asks of PEM."""
    rows = listed().definitions
    groups = [
        (status, words.PEM_STATUS_SHORT[status], [row for row in rows if row.pem == status])
        for status in PemStatus
    ]
    return page(
        request, "definitions.html", groups=[g for g in groups if g[2]], total=len(rows)
    )


def definition(request: HttpRequest, definition_id: str) -> HttpResponse:
    """One case definition: what it asks of PEM, its logic, its sources, who used it."""
    found = described(definition_id)
    entry = found.definition
    return page(
        request,
        "definition.html",
        entry=entry,
        pem=words.PEM_STATUS[entry.pem.status],
        badge=_shape(entry.pem.status),
        verification=words.VERIFICATION[entry.verification],
        outside=_outside(entry),
        cards=found.cards,
        badges=[
            (
                badge,
                BADGES[badge].label,
                found.badges[badge],
                Asked(definition=(entry.id,), badge=(badge.value,)).address(),
            )
            for badge in Badge
            if found.badges.get(badge)
        ],
        search=found.search,
    )


def listed() -> DefinitionList:
    """Every case definition, the most used first, then by name."""
    used = site().atlas.overview.facets.get("definition", {})
    rows = [
        DefinitionRow(
            id=entry.id,
            name=entry.name,
            short_name=entry.short_name,
            year=entry.year,
            pem=entry.pem.status.value,
            verification=entry.verification.value,
            checked_by=entry.checked_by,
            cards=used.get(entry.id, 0),
            page=addresses.definition(entry.id),
            data=addresses.data_of(addresses.definition(entry.id)),
        )
        for entry in site().knowledge.definitions.values()
    ]
    rows.sort(key=lambda row: (-row.cards, row.name.casefold()))
    return DefinitionList(knowledge=site().knowledge.version, definitions=tuple(rows))


def described(definition_id: str) -> DefinitionData:
    """One case definition and its use in this release.

    Raises: PageError (404) for an id that the knowledge base does not have.
    """
    entry = site().knowledge.definitions.get(definition_id)
    if entry is None:
        raise not_found("We know no case definition by that name.", "Open the list of them.")
    use = site().atlas.search(Query(definition=(entry.id,), size=1))
    return DefinitionData(
        definition=entry,
        cards=use.total,
        badges=dict(use.facets.get("badge", {})),
        search=Asked(definition=(entry.id,)).address(),
    )


def _shape(status: PemStatus) -> str:
    """The shape beside the answer, that of the badge which the definition alone would give."""
    if status.requires:
        return Badge.REQUIRED.value
    unclear = status is PemStatus.UNCLEAR
    return Badge.NOT_STATED.value if unclear else Badge.NOT_REQUIRED.value


def _outside(entry: CaseDefinition) -> list[tuple[str, str]]:
    """Names and addresses of the sources; only web addresses become links."""
    found: list[tuple[str, str]] = []
    for source in entry.sources:
        address = f"https://doi.org/{source.doi}" if source.doi else source.url or ""
        found.append(
            (
                f"{source.what} ({source.doi})" if source.doi else source.what,
                address
                if address.startswith("https://") or address.startswith("http://")
                else "",
            )
        )
    return found
