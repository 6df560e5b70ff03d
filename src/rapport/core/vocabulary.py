"""The closed vocabularies of readings and cards: one concept, one word, one place.

The values are contracts (docs/reference/contracts.md): they are added to, never renamed.
"""

from enum import StrEnum


class Badge(StrEnum):
    """Whether post-exertional malaise was an explicit required criterion for inclusion."""

    REQUIRED = "required"
    NOT_REQUIRED = "not_required"
    MIXED = "mixed"
    NOT_STATED = "not_stated"
    NOT_APPLICABLE = "not_applicable"


class Combination(StrEnum):
    """How several case definitions were combined into one entry rule."""

    SINGLE = "single"
    ALL = "all"
    ANY = "any"
    NONE = "none"


class Design(StrEnum):
    """The design of a study; what each cannot prove stands in the knowledge base."""

    RCT = "rct"
    NONRANDOMISED_TRIAL = "nonrandomised_trial"
    SINGLE_ARM_TRIAL = "single_arm_trial"
    COHORT_PROSPECTIVE = "cohort_prospective"
    COHORT_RETROSPECTIVE = "cohort_retrospective"
    CASE_CONTROL = "case_control"
    CROSS_SECTIONAL = "cross_sectional"
    CASE_SERIES = "case_series"
    CASE_REPORT = "case_report"
    QUALITATIVE = "qualitative"
    MIXED_METHODS = "mixed_methods"
    SYSTEMATIC_REVIEW = "systematic_review"
    META_ANALYSIS = "meta_analysis"
    SCOPING_REVIEW = "scoping_review"
    NARRATIVE_REVIEW = "narrative_review"
    COMMENTARY = "commentary"
    MODELLING = "modelling"
    GUIDELINE = "guideline"
    PROTOCOL = "protocol"
    IN_VITRO_OR_ANIMAL = "in_vitro_or_animal"
    OTHER = "other"


COMPARED = frozenset({Design.RCT, Design.NONRANDOMISED_TRIAL})
"""Trials in which another group is treated otherwise."""
TRIALS = COMPARED | {Design.SINGLE_ARM_TRIAL}
"""Designs in which people are treated to see what comes of it."""
TRIALS_OR_PLANS = TRIALS | {Design.PROTOCOL}
"""Trials, and the plans of studies: most of those are plans of trials."""
ABOUT_OTHERS = frozenset(
    {
        Design.SYSTEMATIC_REVIEW,
        Design.META_ANALYSIS,
        Design.SCOPING_REVIEW,
        Design.NARRATIVE_REVIEW,
        Design.COMMENTARY,
        Design.MODELLING,
        Design.GUIDELINE,
    }
)
"""Studies of studies, arguments and advice: nobody takes part in them."""
NOBODY = ABOUT_OTHERS | {Design.OTHER}
"""Designs without participants of their own to describe."""


class DesignKind(StrEnum):
    """What else a study is, beside its design; each has limits of its own."""

    DIAGNOSTIC_ACCURACY = "diagnostic_accuracy"
    BIOMARKER_OMICS = "biomarker_omics"
    GWAS_GENETIC = "gwas_genetic"
    MENDELIAN_RANDOMISATION = "mendelian_randomisation"
    IMAGING = "imaging"
    PHYSIOLOGY_CHALLENGE = "physiology_challenge"
    CROSSOVER = "crossover"


class BlindParty(StrEnum):
    """Who did not know which treatment was given."""

    PARTICIPANTS = "participants"
    CLINICIANS = "clinicians"
    ASSESSORS = "assessors"
    ANALYSTS = "analysts"


class BlindLevel(StrEnum):
    """The authors' own word for how far blinding went; people use these words differently."""

    OPEN = "open"
    SINGLE = "single"
    DOUBLE = "double"
    TRIPLE = "triple"


class Control(StrEnum):
    """What a treatment was compared with."""

    PLACEBO = "placebo"
    SHAM = "sham"
    ACTIVE = "active"
    USUAL_CARE = "usual_care"
    WAITING_LIST = "waiting_list"
    NO_TREATMENT = "no_treatment"
    NONE = "none"


class TimeUnit(StrEnum):
    """The unit in which a text states a length of time."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class IllnessSeverity(StrEnum):
    """How ill the people in a study were; housebound is stated beside the four levels."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"
    VERY_SEVERE = "very_severe"
    HOUSEBOUND = "housebound"


class Setting(StrEnum):
    """Where the people of a study were found or seen."""

    PRIMARY_CARE = "primary_care"
    SPECIALIST_CLINIC = "specialist_clinic"
    HOSPITAL = "hospital"
    COMMUNITY = "community"
    ONLINE = "online"
    PATIENT_ORGANISATION = "patient_organisation"
    RECORDS = "records"
    HOME = "home"
    SCHOOL_OR_WORK = "school_or_work"


class HarmsFinding(StrEnum):
    """What a text says of harms; a text that says nothing of them has no such value.

    `sought_none_found` says that they were looked for; `none_reported` that none were told,
    without a word on whether anyone looked.
    """

    FOUND = "found"
    SOUGHT_NONE_FOUND = "sought_none_found"
    NONE_REPORTED = "none_reported"
    SOUGHT = "sought"
    NOT_SOUGHT = "not_sought"


class HarmsMethod(StrEnum):
    """How harms were looked for."""

    QUESTIONNAIRE = "questionnaire"
    OPEN_REPORT = "open_report"
    MONITORED = "monitored"


class StatementKind(StrEnum):
    """What a sentence of a publication does."""

    BACKGROUND = "background"
    AIM = "aim"
    METHOD = "method"
    OBSERVED = "observed"
    INFERRED = "inferred"
    LIMITATION = "limitation"
    OPEN = "open"
    OTHER = "other"


class Band(StrEnum):
    """The three bands of strength that readers tell apart."""

    ASSOCIATION = "association"
    MAY = "may"
    CAUSES = "causes"


class Direction(StrEnum):
    """Which way an outcome goes where there is more of the exposure, or in the group named."""

    MORE = "more"
    LESS = "less"
    BETTER = "better"
    WORSE = "worse"


class ReadScope(StrEnum):
    """What of a publication was there to be read."""

    TITLE = "title"
    ABSTRACT = "abstract"
    FULL_TEXT = "full_text"


class Origin(StrEnum):
    """How a statement on a card came to be."""

    QUOTED = "quoted"
    RULE = "rule"
    PERSON = "person"
    MODEL = "model"


class Ground(StrEnum):
    """What a refusal of words can rest on."""

    OWN_CLAIM = "own_claim"
    """The text claims it itself, and does not only retell it."""
    SURE_LIMIT = "sure_limit"
    """It is certain what the study can show."""
    PLAIN_CLAIM = "plain_claim"
    """The words claim a link beyond doubt: none is only named, or hedged."""
    OWN_RESULTS = "own_results"
    """The results told in the same text show less, or the text is too short to tell any."""


class Own(StrEnum):
    """Why a sentence is taken for its text's own claim."""

    TITLE = "title"
    LABEL = "label"
    CONCLUDES = "concludes"
    SHORT = "short"


class CardState(StrEnum):
    """How far a card has come on its way to readers."""

    DRAFT = "draft"
    CHECKED = "checked"
    RELEASED = "released"
    REFUSED = "refused"


def band_of(strength: int) -> Band:
    """The band of a strength level 0-8: association 0-3, may 4-5, causes 6-8."""
    if strength <= 3:
        return Band.ASSOCIATION
    return Band.MAY if strength <= 5 else Band.CAUSES
