"""The words readers see for the values of the closed vocabularies: short and plain.

Every value of every vocabulary that a page shows has its words here; a test fails for one that
has not.
"""

from rapport.cards.afterwards import EventKind, Teller
from rapport.cards.verdicts import Verdict
from rapport.core.dates import MONTHS
from rapport.core.vocabulary import (
    Band,
    BlindLevel,
    BlindParty,
    CardState,
    Combination,
    Control,
    Design,
    DesignKind,
    HarmsFinding,
    HarmsMethod,
    IllnessSeverity,
    Origin,
    ReadScope,
    Setting,
    TimeUnit,
)
from rapport.knowledge.model import PemStatus, Verification

PEM = "post-exertional malaise (PEM)"


DESIGNS: dict[Design, str] = {
    Design.RCT: "Randomised trial",
    Design.NONRANDOMISED_TRIAL: "Trial without random groups",
    Design.SINGLE_ARM_TRIAL: "Trial with one group only",
    Design.COHORT_PROSPECTIVE: "Cohort followed forward",
    Design.COHORT_RETROSPECTIVE: "Cohort looked at backward",
    Design.CASE_CONTROL: "Patients compared with others",
    Design.CROSS_SECTIONAL: "Survey at one point in time",
    Design.CASE_SERIES: "Series of cases",
    Design.CASE_REPORT: "Report of one case",
    Design.QUALITATIVE: "Interviews or other words",
    Design.MIXED_METHODS: "Numbers and interviews",
    Design.SYSTEMATIC_REVIEW: "Systematic review",
    Design.META_ANALYSIS: "Pooled analysis of studies",
    Design.SCOPING_REVIEW: "Scoping review",
    Design.NARRATIVE_REVIEW: "Review in the authors' own choice",
    Design.COMMENTARY: "Comment or opinion",
    Design.MODELLING: "Model or theory",
    Design.GUIDELINE: "Guideline or consensus",
    Design.PROTOCOL: "Plan of a study, no results yet",
    Design.IN_VITRO_OR_ANIMAL: "Cells or animals, not people",
    Design.OTHER: "Another design, or not stated",
}

KINDS: dict[DesignKind, str] = {
    DesignKind.DIAGNOSTIC_ACCURACY: "tests how well a test works",
    DesignKind.BIOMARKER_OMICS: "looks for markers in the body",
    DesignKind.GWAS_GENETIC: "looks at genes",
    DesignKind.MENDELIAN_RANDOMISATION: "uses genes to ask about causes",
    DesignKind.IMAGING: "uses scans",
    DesignKind.PHYSIOLOGY_CHALLENGE: "tests the body under strain",
    DesignKind.CROSSOVER: "each person got each treatment in turn",
}

BLIND_PARTIES: dict[BlindParty, str] = {
    BlindParty.PARTICIPANTS: "the people who took part",
    BlindParty.CLINICIANS: "those who treated them",
    BlindParty.ASSESSORS: "those who measured",
    BlindParty.ANALYSTS: "those who did the sums",
}

BLIND_LEVELS: dict[BlindLevel, str] = {
    BlindLevel.OPEN: "The authors call it open: people knew who got what.",
    BlindLevel.SINGLE: "The authors call it single-blind.",
    BlindLevel.DOUBLE: "The authors call it double-blind.",
    BlindLevel.TRIPLE: "The authors call it triple-blind.",
}

CONTROLS: dict[Control, str] = {
    Control.PLACEBO: "a dummy treatment (placebo)",
    Control.SHAM: "a pretend treatment (sham)",
    Control.ACTIVE: "another treatment",
    Control.USUAL_CARE: "usual care",
    Control.WAITING_LIST: "a waiting list",
    Control.NO_TREATMENT: "no treatment",
    Control.NONE: "nothing: there is one group only",
}

ILL: dict[IllnessSeverity, str] = {
    IllnessSeverity.MILD: "mildly",
    IllnessSeverity.MODERATE: "moderately",
    IllnessSeverity.SEVERE: "severely",
    IllnessSeverity.VERY_SEVERE: "very severely",
}
"""How ill people were; who could not leave the house is told in words of its own."""
HOW_ILL_UNSAID = "How ill they were: not found in the text we read."
HOUSEBOUND = "people who could not leave the house"

SETTINGS: dict[Setting, str] = {
    Setting.PRIMARY_CARE: "general practice (primary care)",
    Setting.SPECIALIST_CLINIC: "a specialist clinic",
    Setting.HOSPITAL: "a hospital",
    Setting.COMMUNITY: "the general population",
    Setting.ONLINE: "the internet",
    Setting.PATIENT_ORGANISATION: "a patient organisation",
    Setting.RECORDS: "health records or a register",
    Setting.HOME: "their homes",
    Setting.SCHOOL_OR_WORK: "school or work",
}

TIME_UNITS: dict[TimeUnit, tuple[str, str]] = {
    TimeUnit.DAYS: ("day", "days"),
    TimeUnit.WEEKS: ("week", "weeks"),
    TimeUnit.MONTHS: ("month", "months"),
    TimeUnit.YEARS: ("year", "years"),
}

HARMS: dict[HarmsFinding, str] = {
    HarmsFinding.FOUND: "Harms were found.",
    HarmsFinding.SOUGHT_NONE_FOUND: "Harms were looked for. None were found.",
    HarmsFinding.NONE_REPORTED: "No harms are reported. The text does not say if anyone looked.",
    HarmsFinding.SOUGHT: "Harms were looked for. The text does not say what was found.",
    HarmsFinding.NOT_SOUGHT: "Nobody looked for harms. This does not mean that there were none.",
}
HARMS_PLANNED = "The plan is to look for harms."
HARMS_UNSAID = "We found no word on harms. This does not mean that there were none."

HARMS_METHODS: dict[HarmsMethod, str] = {
    HarmsMethod.QUESTIONNAIRE: "with a list of questions",
    HarmsMethod.OPEN_REPORT: "through what people told",
    HarmsMethod.MONITORED: "by keeping watch",
}

COMBINATIONS: dict[Combination, str] = {
    Combination.SINGLE: "One definition was used.",
    Combination.ALL: "People had to meet all of these definitions.",
    Combination.ANY: "Any one of these definitions was enough.",
    Combination.NONE: "No definition was found in the text we read.",
}

READ: dict[ReadScope, str] = {
    ReadScope.TITLE: "title only",
    ReadScope.ABSTRACT: "title and abstract",
    ReadScope.FULL_TEXT: "full text",
}

READ_FACET: dict[ReadScope, str] = {
    ReadScope.TITLE: "Title only",
    ReadScope.ABSTRACT: "Title and abstract, or a digest",
    ReadScope.FULL_TEXT: "Full text",
}

DIGEST = "digest"
"""The `text_origin` of a text that this project wrote from published facts."""
DIGEST_MARK = "Digest by Rapport, not the abstract."


def read(scope: ReadScope, text_origin: str) -> str:
    """What was read, to follow "We read the"; a digest of ours is never called an abstract."""
    is_ours = text_origin == DIGEST and scope is not ReadScope.TITLE
    return "title and our own digest" if is_ours else READ[scope]


ORIGINS: dict[Origin, str] = {
    Origin.QUOTED: "Quoted",
    Origin.RULE: "Written by a rule",
    Origin.PERSON: "Written by a person",
    Origin.MODEL: "Drafted by a model",
}

BANDS: dict[Band, str] = {
    Band.ASSOCIATION: "says: things go together",
    Band.MAY: "says: may cause or help",
    Band.CAUSES: "says: causes or works",
}

VERDICTS: dict[Verdict, str] = {
    Verdict.REFUSAL: "Says too much",
    Verdict.WARNING: "Take care",
    Verdict.OK: "Fits",
}

STATES: dict[CardState, str] = {
    CardState.DRAFT: "Draft",
    CardState.CHECKED: "Checked by rules",
    CardState.RELEASED: "Released",
    CardState.REFUSED: "Refused",
}

FIELDS: dict[str, str] = {
    "title": "title",
    "abstract": "abstract",
    "text": "text",
    "body": "full text",
}

PEM_STATUS: dict[PemStatus, str] = {
    PemStatus.REQUIRED: "Yes. It requires PEM.",
    PemStatus.REQUIRED_REWORDED: "Yes, in other words. It asks for the same thing by another name.",
    PemStatus.OPTIONAL_K_OF_N: "No. PEM is one of several symptoms. A person can fit without it.",
    PemStatus.NOT_PART: "No. PEM is not part of it.",
    PemStatus.UNCLEAR: "Not clear. The sources do not settle it.",
}

PEM_STATUS_SHORT: dict[PemStatus, str] = {
    PemStatus.REQUIRED: "Requires PEM",
    PemStatus.REQUIRED_REWORDED: "Requires it in other words",
    PemStatus.OPTIONAL_K_OF_N: "PEM optional",
    PemStatus.NOT_PART: "PEM not part of it",
    PemStatus.UNCLEAR: "Not clear",
}

VERIFICATION: dict[Verification, str] = {
    Verification.PRIMARY_READ: "We read the original paper.",
    Verification.PRIMARY_READ_IN_PART: "We read part of the original paper.",
    Verification.PRIMARY_USE_READ: "We read papers that use it, not the original.",
    Verification.SECONDARY_READ: "We read what others write about it, not the original.",
    Verification.SECONDARY_READ_AGREEING: "We read several accounts of it, which agree.",
    Verification.EXISTENCE_ONLY: "We know that it exists. We have not read what it says.",
    Verification.UNVERIFIED: "Not verified.",
    Verification.PRINCIPLE: "A general principle, not a finding of one source.",
}

FLAGS: dict[str, str] = {
    "reworded": "PEM was required in other words.",
    "unchecked_definition": "We have not been able to check the wording of this definition.",
    "nobody_studied": "Nobody was studied as having ME/CFS or Long COVID.",
    "explicit_pem": "The entry rule names PEM itself.",
    "waived": "Part of the definition was left out on purpose.",
    "own_rule": "The study had an entry rule of its own.",
    "open_name": "It names a rule that is not in our list.",
    "cohorts_differ": "The groups in this study had different entry rules.",
    "subgroup": "One group in this study was formed by a stricter rule.",
    "one_stratum": "Only one group in this study had to meet it.",
    "classified_after_entry": "People were sorted by it after they had joined.",
    "ambiguous_definition": "It is not clear which definition was meant.",
    "contradictory": "The paper says two things that do not fit together.",
}

RELATIONS: dict[str, str] = {
    "retraction_of": "Retracts",
    "retracted_by": "Retracted by",
    "partial_retraction_of": "Retracts a part of",
    "partly_retracted_by": "Retracted in part by",
    "correction_of": "Corrects",
    "corrected_by": "Corrected by",
    "concern_about": "Raises concern about",
    "concern_raised_by": "Concern raised by",
    "comment_on": "Comments on",
    "commented_by": "Commented on by",
    "reanalysis_of": "Analyses again data of the same study as",
    "reanalysed_by": "Data of the same study analysed again in",
    "summary_of": "Summary for patients of",
    "summarised_by": "Summary for patients in",
    "preprint_of": "Early version (preprint) of",
    "published_as": "Later published as",
    "has_preprint": "Has an early version (preprint)",
    "version_of": "Another version of",
    "update_of": "Updates",
    "updated_by": "Updated by",
    "same_cohort": "Same people studied in",
    "republication_of": "Publishes again",
    "republished": "Published again as",
}


def flag(name: str) -> str:
    """A flag in words; one that has none is shown by its own name, with spaces."""
    return FLAGS.get(name, name.replace("_", " ") + ".")


def relation(kind: str) -> str:
    """How another work belongs to this one; an unknown kind is shown as it is."""
    return RELATIONS.get(kind, kind.replace("_", " "))


EVENTS: dict[EventKind, str] = {
    EventKind.RETRACTION: "Retraction",
    EventKind.PARTIAL_RETRACTION: "A part was retracted",
    EventKind.CONCERN: "Expression of concern",
    EventKind.CORRECTION: "Correction",
    EventKind.NOTICE: "A notice; the list does not say if it retracts or corrects",
    EventKind.REPUBLICATION: "Published again",
    EventKind.REANALYSIS: "Data of the study analysed again",
    EventKind.UPDATE: "New version",
    EventKind.REPLY: "Reply",
    EventKind.COMMENT: "Comment",
    EventKind.SUMMARY: "Summary for patients",
}

TELLERS: dict[Teller, str] = {
    Teller.RECORD: "Our record of this paper",
    Teller.NOTICE: "The record of the notice itself",
    Teller.LIST: "A list",
    Teller.LIKENESS: "No source names this paper. We link the two as their titles and authors fit",
}

LISTS: dict[str, str] = {
    "retraction_watch_csv": "Retraction Watch",
    "crossref_json": "Crossref",
}
"""Formats of lists of notices."""


def day(date: str | None) -> str:
    """A date in words, as exact as it is: "21 July 2013", "July 2013", "2013"."""
    if date is None:
        return "date not stated"
    year, month, number = (*date.split("-"), "", "")[:3]
    named = MONTHS[int(month) - 1] if month else ""
    return " ".join(filter(None, (number.lstrip("0"), named, year)))


MEASURED: dict[str, str] = {
    "badge": "PEM badge",
    "definitions": "Case definitions",
    "combination": "How definitions were combined",
    "design": "Kind of study",
    "n_cases": "Number of patients",
    "statement_kind": "What a sentence does",
    "kind": "What a sentence does",
    "strength": "How strongly a sentence is worded",
    "strength_band": "How strongly a sentence is worded",
    "band": "How strongly a sentence is worded",
    "refusal": "Sentences that say too much",
}

TEXT_KINDS: dict[str, str] = {
    "abstract": "abstracts",
    "body": "full texts",
    "full_text_jats_derived": "full texts",
    "full_text_pdf_extract": "texts from PDF files",
    "observed": "findings",
    "inferred": "conclusions",
}
FURTHER: dict[str, str] = {
    "asserted_right": "Where the badge says “required” or “not required”",
    "precision": "Of the definitions we named",
    "recall": "Of the definitions we should have named",
}
"""Shares of one field only that help to judge a card; the others stand in the data."""

STATUS: dict[int, str] = {
    400: "Something in the address cannot be read.",
    404: "There is no such thing.",
    403: "Another site has sent this.",
    405: "This address does not take that method.",
    413: "The text is too long.",
    414: "The address is too long.",
}
