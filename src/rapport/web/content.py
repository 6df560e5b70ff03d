"""The site's own words, as data: each page prints them, and so does its JSON.

Short sentences, plain words, one idea each. A test counts how hard they are to read.
"""

import msgspec


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A heading and its short paragraphs."""

    id: str
    heading: str
    paragraphs: tuple[str, ...]


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A word and what it means here."""

    id: str
    word: str
    meaning: str


HOW_IT_WORKS: tuple[Passage, ...] = (
    Passage(
        id="short",
        heading="In short",
        paragraphs=(
            "Rapport reads studies about ME/CFS. It writes one card for each study.",
            "It reads by fixed rules. It does not use a language model.",
            "Each thing it says comes with the place in the text that says so.",
            "If the text does not say a thing, the card says “not stated”. It never guesses.",
        ),
    ),
    Passage(
        id="badge",
        heading="What the badge means",
        paragraphs=(
            "PEM is short for post-exertional malaise. People get worse after effort. "
            "Often this comes a day or more later.",
            "The badge answers one question: did people need to have PEM to join the study?",
            "It does not ask if PEM was studied, seen or talked about.",
            "“Not required” does not mean that nobody had PEM. It means that you could join "
            "without it.",
        ),
    ),
    Passage(
        id="steps",
        heading="From a paper to a card",
        paragraphs=(
            "First, we collect records of papers: the title, the abstract and, where it is "
            "free to use, the full text.",
            "Second, we drop papers that are about something else.",
            "Third, we find papers that came in twice. One work gets one card.",
            "Fourth, rules read the text. They look for how people were chosen, the kind of "
            "study, who was in it and what was found.",
            "Fifth, a card is made from what was read. What was seen and what was concluded "
            "stay apart.",
            "Sixth, each card is checked. A card that says more than its source is held back.",
            "Last, all cards are put in one release. A release never changes. Its number is at "
            "the foot of each page.",
        ),
    ),
    Passage(
        id="marks",
        heading="Whose words you read",
        paragraphs=(
            "Words in quotation marks are the words of the paper.",
            "All other words on a card were put together by rules.",
            "Under each part, “Where it says so” shows the rule and the place in the text.",
        ),
    ),
    Passage(
        id="texts",
        heading="Check a text of your own",
        paragraphs=(
            "You can paste a news text or a summary of a study.",
            "We mark the parts that say more than that kind of study can show.",
            "Your text is not kept. It is gone when you have the answer.",
        ),
    ),
    Passage(
        id="never",
        heading="What it does not do",
        paragraphs=(
            "It does not tell you what illness you have.",
            "It does not tell you what to do or what to take.",
            "It does not say which study is right.",
        ),
    ),
    Passage(
        id="people",
        heading="Who has checked it",
        paragraphs=(
            "The rules and the definitions are written down with their sources.",
            "Where no second person has checked an entry, the page says so.",
            "No card has been checked by a doctor, unless the card says so.",
        ),
    ),
    Passage(
        id="reading",
        heading="Reading with little energy",
        paragraphs=(
            "Nothing moves and nothing makes a sound. No script runs.",
            "Each card starts with a short version. You can stop there.",
            "You can choose a look with less light. Your choice is kept on your device.",
            "The dim look has less contrast than the others. It still meets the AA level of "
            "the web rules, but not the AAA level.",
            "Each card can be printed, or read as plain text.",
        ),
    ),
)

WEAK_SPOTS: tuple[str, ...] = (
    "Rules can only find what they have words for. A new way to say a thing is missed.",
    "An abstract hardly ever names how people were chosen. So most cards made from an abstract "
    "say “not stated”. The full paper may well say it.",
    "Text from a PDF file can be broken. Lines, tables and columns may run into each other.",
    "Tables and pictures are read badly or not at all.",
    "A study with several groups is hard. The rules may take one group for the whole.",
    "Sorting sentences into findings and conclusions is often close. Read the quote.",
    "Papers that are not in English are hardly read at all.",
)

GLOSSARY: tuple[Term, ...] = (
    Term(
        id="abstract", word="Abstract", meaning="The short version of a paper, by its authors."
    ),
    Term(
        id="association",
        word="Association",
        meaning="Two things go together. It does not tell you that one makes the other.",
    ),
    Term(
        id="badge",
        word="Badge",
        meaning="The mark on a card that says if people had to have PEM to join the study.",
    ),
    Term(id="blinded", word="Blinded", meaning="People did not know which treatment they got."),
    Term(id="card", word="Card", meaning="Our page about one study."),
    Term(
        id="case-definition",
        word="Case definition",
        meaning="A list of rules that says who counts as having ME/CFS. There are many, and "
        "they differ.",
    ),
    Term(
        id="control",
        word="Control",
        meaning="A person or group to compare with, such as healthy people.",
    ),
    Term(
        id="digest",
        word="Digest",
        meaning="A short text that we wrote from published facts. It is not the abstract.",
    ),
    Term(
        id="finding",
        word="Finding",
        meaning="What was seen in the data of a study. A conclusion goes further.",
    ),
    Term(
        id="full-text",
        word="Full text",
        meaning="The whole paper, with how the study was done.",
    ),
    Term(
        id="mecfs",
        word="ME/CFS",
        meaning="Short for myalgic encephalomyelitis / chronic fatigue syndrome. A severe, "
        "long illness.",
    ),
    Term(
        id="not-stated",
        word="Not stated",
        meaning="The text we read does not say. It is not a no.",
    ),
    Term(
        id="pem",
        word="PEM",
        meaning="Short for post-exertional malaise. People get worse after effort, often a day "
        "or more later.",
    ),
    Term(
        id="preprint",
        word="Preprint",
        meaning="A paper that is shown before other experts have checked it.",
    ),
    Term(
        id="randomised",
        word="Randomised",
        meaning="Chance decided who was in which group.",
    ),
    Term(id="release", word="Release", meaning="A fixed set of cards. It never changes."),
    Term(
        id="retracted",
        word="Retracted",
        meaning="Taken back after it came out. A retracted paper should not be relied on.",
    ),
    Term(
        id="review",
        word="Review",
        meaning="A paper about other papers. It takes in no patients of its own.",
    ),
    Term(
        id="study",
        word="Study",
        meaning="When we count studies, papers on the same people count once. "
        "Each paper still has its own card.",
    ),
)
