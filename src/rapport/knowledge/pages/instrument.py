"""A questionnaire in Markdown: its items by number, its scores, what it settles, what it is not."""

from collections.abc import Iterator

from rapport.knowledge.instrument import Band, DefinitionKey, Instrument, Items, Scale
from rapport.knowledge.pages.definition import criterion_lines
from rapport.knowledge.pages.markdown import bullets, code, paragraph, plain, sentence, titled


def instrument_lines(instrument: Instrument) -> list[str]:
    """What the questionnaire asks and makes of the answers, in the order a reader needs it."""
    refused = (
        f"**Not scored.** {plain(instrument.incomplete)}" if instrument.incomplete else None
    )
    return [
        *paragraph(refused),
        *paragraph(
            f"{plain(instrument.name)}, {code(instrument.edition)}; asks about {plain(instrument.asks)}.",
            sentence(f"Item texts: {plain(instrument.text_licence)}"),
        ),
        *paragraph(plain(instrument.research_only) or None),
        *titled("What is known", bullets(plain(each) for each in instrument.known)),
        *titled("Answers", bullets(_items(group) for group in instrument.items)),
        *paragraph(
            f"Not scored, and passed over: {ids_in_words(instrument.not_scored)}."
            if instrument.not_scored
            else None
        ),
        *titled("Scores", bullets(_scale(scale) for scale in instrument.scales)),
        *_said("Bands", ((scale, scale.bands) for scale in instrument.scales)),
        *_said("Cut-offs", ((scale, scale.cutoffs) for scale in instrument.scales)),
        *_threshold(instrument),
        *_findings(instrument),
        *[line for key in instrument.definitions for line in _definition(key)],
        *titled("A person must look at", bullets(_attention(instrument))),
        *titled("Never to be taken for", bullets(plain(each) for each in instrument.never)),
        *titled("Items in words", bullets(_texts(instrument))),
    ]


def ids_in_words(ids: tuple[str, ...]) -> str:
    """Ids in short: runs of numbers as "1-9"."""
    runs: list[list[str]] = []
    for each in ids:
        follows = runs and each.isdigit() and runs[-1][-1].isdigit()
        if follows and int(each) == int(runs[-1][-1]) + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _items(group: Items) -> str:
    parts = " and ".join(f"{name} ({short})" for short, name in group.parts.items())
    words = "; ".join(f"{value} {plain(word)}" for word, value in group.words.items())
    said = [
        f"{code(ids_in_words(group.ids))}: {'' if group.whole else 'any number from '}"
        f"{group.lowest:g} to {group.highest:g}",
        f"each with {parts}" if parts else "",
        "" if parts else plain(group.about),
        words,
    ]
    return "; ".join(each for each in said if each)


def _scale(scale: Scale) -> str:
    made = [
        f"{code(scale.id)} ({plain(scale.name)}): {scale.kind.value} of {ids_in_words(scale.items)}",
        f"times {scale.factor:g}" if scale.factor != 1 else "",
        f"reversed: {ids_in_words(scale.reversed)}" if scale.reversed else "",
        "counted as " + ", ".join(f"{old} → {new:g}" for old, new in scale.recode.items())
        if scale.recode
        else "",
        f"{scale.lowest:g} to {scale.highest:g}, high is {scale.high_is.value}",
    ]
    return f"{'; '.join(each for each in made if each)}. {plain(scale.missing_rule)}"


def _said(title: str, scales: Iterator[tuple[Scale, tuple[Band, ...]]]) -> list[str]:
    return titled(
        title,
        bullets(
            f"{code(scale.id)} from {band.from_score:g}: {plain(band.says)} ({plain(band.source)})"
            for scale, bands in scales
            for band in bands
        ),
    )


def _threshold(instrument: Instrument) -> list[str]:
    threshold = instrument.threshold
    if threshold is None:
        return []
    least = " and ".join(
        f"{part} of {value} or more" for part, value in threshold.least.items()
    )
    return paragraph(f"A symptom counts with {least}: {plain(threshold.says)}.")


def _findings(instrument: Instrument) -> list[str]:
    lines: list[str] = []
    for each in instrument.findings:
        lines += bullets([f"{code(each.id)}, {plain(each.says)} ({plain(each.source)}):"])
        lines += criterion_lines(each.logic, {}, 1)
    return titled("What the answers settle", lines)


def _definition(key: DefinitionKey) -> list[str]:
    lines: list[str] = []
    for name, logic in key.features.items():
        lines += [*bullets([f"{code(name)}:"]), *criterion_lines(logic, {}, 1)]
    lines += bullets(
        f"{code(name)}: how many of {ids_in_words(items)}" for name, items in key.counts.items()
    )
    lines += bullets(f"{code(name)}: {plain(why)}" for name, why in key.not_asked.items())
    lines += bullets(plain(note) for note in key.notes)
    return titled(f"Features of {key.definition}", lines)


def _attention(instrument: Instrument) -> Iterator[str]:
    for each in instrument.attention:
        yield f"item {each.item} above {each.above:g}: {plain(each.says)}"


def _texts(instrument: Instrument) -> Iterator[str]:
    for group in instrument.items:
        for item, text in group.texts.items():
            yield f"{code(item)} {plain(text)}"
