"""Made-up passages in which a rule holds of one group, is only measured, or is a name in passing."""

import pytest

from rapport.core.vocabulary import Badge
from rapport.evidence.publication import AbstractPart, Origin, Publication, Section
from rapport.evidence.read.reader import Reader
from rapport.knowledge.load import load

READER = Reader(load())
ORIGIN = Origin(file="made up", position=1, format="example")
R, N, M, S = Badge.REQUIRED, Badge.NOT_REQUIRED, Badge.MIXED, Badge.NOT_STATED
FUKUDA, CCC, IOM = "fukuda_1994", "ccc_2003", "iom_2015"
DX, WHO = "physician_dx_or_code", "who_pcc_2021"
ILL = (
    "Muscle function in ME/CFS",
    "Patients with ME/CFS were compared. Muscle function differed.",
)
AFTER_COVID = ("Sleep in long COVID", "Adults with long COVID slept badly.")

# Whom the paper is about, its methods: the badge, the definitions.
PASSAGES = [
    # The controls stand beside the patients; the rule is that of the patients.
    (ILL, "Blood of 56 ME/CFS cases and 52 HC, with 47 case-control pairs matched by age, diagnosed using the Fukuda and Canadian criteria, was used.", R, {FUKUDA, CCC}),
    (ILL, "Blood of 30 ME/CFS cases and 20 controls, diagnosed using the Fukuda criteria, was used.", N, {FUKUDA}),
    (ILL, "Of 90 people seen, 20 controls who met the Fukuda criteria in the past were left out.", S, None),
    # Asked of people after COVID-19 alone.
    (ILL, "Adults with ME/CFS took part. Participants with long COVID were included only if they reported PEM.", M, set()),
    (ILL, "Participants reported a physician diagnosis of ME/CFS or long COVID. Participants with long COVID were included only if they reported PEM.", M, {DX}),
    (ILL, "People with ME/CFS and people with long COVID were recruited; all had to report PEM to be eligible.", R, set()),
    (AFTER_COVID, "Participants with long COVID were included only if they reported PEM.", R, set()),
    # Symptoms that are measured by a definition, and what a definition asks for.
    (ILL, "ME/CFS symptoms were assessed using the 1994 CDC criteria.", S, set()),
    (ILL, "Patients with ME/CFS, whose symptoms were assessed at home, met the 1994 CDC criteria.", N, {FUKUDA}),
    (ILL, "Memory and attention were joined, as only one is required by the Fukuda criteria.", S, set()),
    (ILL, "All patients had the symptoms that are required by the Fukuda criteria and were included by these.", N, {FUKUDA}),
    # Long COVID by a definition of a body; how severe the infection was is no rule of that.
    (AFTER_COVID, "Patients met the NICE definition of long COVID.", N, {WHO}),
    (AFTER_COVID, "Patients met the WHO definition of long COVID.", N, {WHO}),
    (AFTER_COVID, "The cohort comprised adults with severe or critical COVID-19, as defined by World Health Organization criteria.", S, set()),
    (AFTER_COVID, "Patients met the WHO3 definition of long COVID.", N, {WHO}),
    (AFTER_COVID, "We say complaints to refer to the symptoms of the WHO definition of long COVID.", S, None),
    (AFTER_COVID, "The 88 participants had clinician-diagnosed long COVID.", S, {DX}),
    (AFTER_COVID, "Included were people without a formal diagnosis of long COVID.", S, set()),
    # One definition until a year, and another from then on.
    (ILL, "Until 2015 patients were diagnosed by the Fukuda criteria, and from then on by the IOM criteria.", M, {FUKUDA, IOM}),
    (ILL, "Patients recruited before 2015 met the Fukuda criteria; those recruited later met the IOM criteria.", M, {FUKUDA, IOM}),
    (ILL, "Before 2012 the Fukuda criteria were used for the diagnosis. After 2012 the Canadian Consensus Criteria were used.", M, {FUKUDA, CCC}),
    (ILL, "Until 2015 patients were diagnosed by the Canadian criteria, and from 2016 on by the IOM criteria.", R, {CCC, IOM}),
    (ILL, "Patients recruited until 2015 met the Fukuda criteria and the IOM criteria.", R, {FUKUDA, IOM}),
    (ILL, "Patients were recruited before 2015. All met the Fukuda criteria and the IOM criteria.", R, {FUKUDA, IOM}),
    # Names with a word before them, or of a worksheet.
    (ILL, "Patients met the criteria of the former Institute of Medicine (IOM).", R, {IOM}),
    (ILL, "The former head of the Institute of Medicine opened the clinic of these patients.", S, set()),
    (ILL, "Adolescents met the diagnostic worksheet by Rowe et al.", R, {"rowe_primer_2017"}),
]  # fmt: skip


def read(title, *abstract, methods=""):
    parts = (Section(title="Methods", paragraphs=(methods,)),) if methods else ()
    return READER.read(
        Publication(origin=ORIGIN, title=title, abstract=abstract, sections=parts)
    )


@pytest.mark.parametrize(("about", "methods", "badge", "definitions"), PASSAGES)
def test_what_a_passage_asks_of_whom(about, methods, badge, definitions):
    title, abstract = about
    found = read(title, AbstractPart(text=abstract), methods=methods).pem
    assert found.badge is badge
    assert definitions is None or set(found.definitions) == definitions


@pytest.mark.parametrize(
    ("heading", "badge"),
    [
        ("Participant recruitment", R),
        ("Study population", R),
        ("Aims", S),
        ("What is known", S),
    ],
)
def test_no_background_tells_who_took_part(heading, badge):
    text = (
        "Introduction\nME/CFS is a long illness.\n"
        f"{heading}\nPatients met the Canadian Consensus Criteria.\n"
        "Results\nThe 30 patients with ME/CFS slept badly.\n"
    )
    found = READER.read(Publication(origin=ORIGIN, title="Sleep in ME/CFS", text=text)).pem
    assert found.badge is badge
