"""A questionnaire of the knowledge base as a FHIR Questionnaire that works out its own scores.

Answers are codes that are whole numbers, so that an expression can count with them. The
expressions are a second writing of the key; a test proves that they and `scoring` agree.
"""

from rapport.knowledge.instrument import Instrument, Items, Scale, ScaleKind
from rapport.practice.exchange.fhir.border import Json
from rapport.practice.exchange.fhir.names import OWN, coding, r4b

CALCULATED = (
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
)
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
NOTE = "NOTE"


def url_of(instrument: str) -> str:
    """The canonical address of a questionnaire of ours."""
    return f"{OWN}:questionnaire:{instrument}"


def codes_of(instrument: str) -> str:
    """The system of the answers' codes."""
    return f"{OWN}:answers:{instrument}"


def questionnaire(instrument: Instrument, texts: dict[str, str] | None = None) -> Json:
    """The Questionnaire, with an item for each question, one for the note and one for each score.

    `texts` are sentences for items whose key holds none. A check-in has no total, and so has
    this. Raises: ValueError for a scale that no expression here can write.
    """
    asked = [
        _question(instrument, group, item, texts or {})
        for group in instrument.items
        for item in group.ids
    ]
    return {
        "resourceType": "Questionnaire",
        "id": instrument.id,
        "meta": r4b(),
        "url": url_of(instrument.id),
        "version": instrument.edition,
        "name": "".join(part.capitalize() for part in instrument.id.split("-")),
        "title": instrument.title,
        "status": "active",
        "experimental": True,
        "subjectType": ["Patient"],
        "description": " ".join((*instrument.notes, *instrument.never)),
        "copyright": instrument.text_licence,
        "item": [
            *asked,
            *(
                [{"linkId": NOTE, "type": "text", "maxLength": 300}]
                if _has_note(instrument)
                else []
            ),
            *(_score(instrument, scale) for scale in instrument.scales),
        ],
    }


def expression(instrument: Instrument, scale: Scale) -> str:
    """The score as FHIRPath over the response; empty where too few answers are there.

    Raises: ValueError for a scale that is no mean, or whose items are turned round in part.
    """
    groups = {_key(instrument.group_of(item)) for item in scale.items}
    if scale.kind is not ScaleKind.MEAN or len(groups) != 1:
        raise ValueError(f"{scale.id} cannot be written as an expression")
    if scale.reversed and set(scale.reversed) != set(scale.items):
        raise ValueError(f"{scale.id} is turned round in part")
    group = instrument.group_of(scale.items[0])
    where = " or ".join(f"linkId = '{item}'" for item in scale.items)
    given = f"%resource.item.where({where}).answer.value.code"
    least = len(scale.items) if scale.least_answered is None else scale.least_answered
    total = f"{given}.select({_value(group, scale)}).aggregate($this + $total, 0)"
    return (
        f"iif({given}.count() >= {max(least, 1)}, "
        f"{_number(scale.factor)} * {total} / {given}.count(), {{}})"
    )


def _value(group: Items, scale: Scale) -> str:
    """What one answer counts."""
    value = "toInteger()"
    if scale.reversed:
        value = f"{_number(group.lowest + group.highest)} - {value}"
    if not scale.recode:
        return value
    if scale.reversed:
        raise ValueError(f"{scale.id} is turned round and recoded")
    for answer, counts in scale.recode.items():
        value = f"iif($this = '{answer}', {_number(counts)}, {value})"
    return value


def _question(instrument: Instrument, group: Items, item: str, texts: dict[str, str]) -> Json:
    system = codes_of(instrument.id)
    text = group.texts.get(item) or texts.get(item) or group.about
    return {
        "linkId": item,
        "text": text,
        "type": "choice",
        "required": False,
        "repeats": False,
        "answerOption": [
            {
                "valueCoding": {
                    "extension": [{"url": ORDINAL, "valueDecimal": value}],
                    **coding(system, str(value), word),
                }
            }
            for word, value in sorted(group.words.items(), key=lambda each: each[1])
        ],
    }


def _score(instrument: Instrument, scale: Scale) -> Json:
    return {
        "linkId": scale.id,
        "text": scale.name,
        "type": "decimal",
        "readOnly": True,
        "extension": [
            {
                "url": CALCULATED,
                "valueExpression": {
                    "language": "text/fhirpath",
                    "expression": expression(instrument, scale),
                },
            }
        ],
    }


def _has_note(instrument: Instrument) -> bool:
    return NOTE in instrument.not_scored


def _key(group: Items) -> tuple[float, float]:
    return group.lowest, group.highest


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)
