"""The addresses of the site: one place that makes them, so that none is spelled twice."""

from urllib.parse import quote, urlencode

from rapport.core.ids import Identifiers

HOME = "/"
SEARCH = "/search"
DEFINITIONS = "/definitions/"
HOW_IT_WORKS = "/how-it-works"
WHAT_IT_GETS_WRONG = "/what-it-gets-wrong"
CHANGES = "/changes"
GLOSSARY = "/glossary"
GATE = "/gate"
LOOKS = "/looks"
SIGN_IN = "/sign-in"
NUMBER = "/sign-in/number"
APP = "/sign-in/app"
CURATE = "/curate/"
REPORTS = "/curate/reports/"
CORRECTIONS = "/corrections"
PRACTICE = "/practice/"
SOLO = "/practice/solo/"
PRACTICE_CARDS = "/practice/cards/"
HELP = "/practice/help"
RED_FLAGS = "/practice/red-flags"
API = "/api/"
OPENAPI = "/api/openapi.json"


def card(card_id: str) -> str:
    """The page of a card."""
    return f"/cards/{quote(card_id, safe='')}/"


def card_part(card_id: str, part: str) -> str:
    """The page with every sentence of one part of a card."""
    return f"{card(card_id)}parts/{part}/"


def card_as(card_id: str, ending: str) -> str:
    """A card in another form: `json`, `txt`, `bib`, `ris` or `csl.json`."""
    return f"/cards/{quote(card_id, safe='')}.{ending}"


def definition(definition_id: str) -> str:
    """The page of a case definition."""
    return f"/definitions/{quote(definition_id, safe='')}/"


def data_of(page: str) -> str:
    """The address of a page's data: `.json` in the place of the closing slash, or behind."""
    if page == HOME:
        return "/index.json"
    path, mark, query = page.partition("?")
    return f"{path.rstrip('/')}.json{mark}{query}"


def looks(back: str) -> str:
    """The page of looks, which leads back to the page it was opened from."""
    return LOOKS if back in ("", HOME) else f"{LOOKS}?{urlencode({'back': back})}"


def gate(card_id: str) -> str:
    """The page that judges a text, ready for a text about the study of a card."""
    return f"{GATE}?{urlencode({'card': card_id})}"


def report(card_id: str) -> str:
    """The form on which anybody can say that a card is wrong."""
    return f"/report/{quote(card_id, safe='')}/"


def curate_card(card_id: str) -> str:
    """The questions about a card, for people who read and decide."""
    return f"/curate/cards/{quote(card_id, safe='')}/"


def curate_question(card_id: str, question: str) -> str:
    """One question about a card."""
    return f"{CURATE}questions/{quote(question)}/{quote(card_id, safe='')}/"


def curate_report(correction: str) -> str:
    """A report from the public, for curators."""
    return f"{REPORTS}{quote(correction, safe='')}/"


def practice_card(number: int) -> str:
    """An intervention card, 1 to 6."""
    return f"{PRACTICE_CARDS}{number}/"


def outside(identifiers: Identifiers) -> tuple[tuple[str, str], ...]:
    """Where the paper itself is to be found: (name, address), the publisher's page first."""
    found: list[tuple[str, str]] = []
    if identifiers.doi:
        doi = identifiers.doi
        found.append((f"DOI {doi}", f"https://doi.org/{quote(doi, safe='/;:()')}"))
    if identifiers.pmid:
        pmid = identifiers.pmid
        found.append((f"PubMed {pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{quote(pmid)}/"))
    if identifiers.pmcid:
        pmcid = identifiers.pmcid
        address = f"https://pmc.ncbi.nlm.nih.gov/articles/{quote(pmcid)}/"
        found.append((f"PubMed Central {pmcid}", address))
    return tuple(found)


def path(plain: str) -> str:
    """A path as it is sent: everything escaped but its slashes."""
    return quote(plain, safe="/")
