"""The simulation behind docs/intervals.md: its populations, and coverage with few replications."""

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from rapport.stats.moments import moments, regress

FOLDER = Path(__file__).parents[2] / "scripts" / "coverage"


@pytest.fixture(scope="module")
def designs(modules):
    return modules["designs"]


@pytest.fixture(scope="module")
def modules():
    names = ("designs", "simulate", "page")
    sys.path.insert(0, str(FOLDER))
    try:
        yield {name: importlib.import_module(name) for name in names}
    finally:
        sys.path.remove(str(FOLDER))
        for name in names:
            sys.modules.pop(name, None)


def test_populations_have_the_unique_parts_asked_for(designs):
    for design in designs.parts_designs(4):
        rows = designs.shares.layout(design.blocks)
        truth = designs.parts_truth(design)
        unique = [truth[rows.row(f"unique: {block}")] for block in design.blocks]
        assert_allclose(unique, design.unique, atol=1e-12)


def test_a_large_sample_has_the_true_parts_whatever_the_errors(designs):
    for design in designs.parts_designs(4)[8:11]:
        many = designs.msgspec.structs.replace(design, people=40_000)
        data = designs.parts_sample(many, np.random.default_rng(1))
        found = designs.shares.statistic("y", design.blocks)(moments(data))[:, 0]
        assert_allclose(found, designs.parts_truth(design), atol=0.025)


def test_a_large_sample_has_the_true_paths(designs):
    design = designs.path_designs(4)[8]
    many = designs.msgspec.structs.replace(design, people=40_000)
    known = moments(designs.path_sample(many, np.random.default_rng(1)))
    first = regress(known, ["m0"], ["x", "c"]).coefficients[0, 0, 0] * known.scale[2]
    assert_allclose(first / known.scale[0], design.first[0], atol=0.025)


def test_a_share_of_intervals_below_the_limit_is_marked(modules):
    page = modules["page"]
    assert page.share(page.LIMIT - 0.01) == f"**{page.LIMIT - 0.01:.3f}**"
    assert page.share(page.LIMIT) == f"{page.LIMIT:.3f}"


def test_the_page_names_every_design_and_the_day_it_was_measured(modules):
    measure, designs = modules["simulate"].measure, modules["designs"]
    made = {"date": "2030-01-01", "versions": {"numpy": "2"}}
    some = [designs.parts_designs(2)[11], designs.path_designs(2)[0]]
    stored = [
        {**measure(design, number, draws=50, seed=1), **made}
        for number, design in enumerate(some)
    ]
    text = modules["page"].page([*stored, *stored])
    assert all(design.name in text for design in some)
    assert "2030-01-01" in text


@pytest.mark.long
@pytest.mark.parametrize("place", range(11))
def test_default_intervals_of_parts_cover(modules, place):
    design = modules["designs"].parts_designs(400)[place]
    found = modules["simulate"].measure(design, place, draws=1000, seed=99)
    for row in found["rows"]:
        # 0.93 less three standard errors of 400 replications
        assert row["kinds"]["default"]["coverage"] > 0.93 - 3 * 0.0125, row


@pytest.mark.long
@pytest.mark.parametrize("place", range(19))
def test_default_intervals_of_paths_cover(modules, place):
    design = modules["designs"].path_designs(400)[place]
    found = modules["simulate"].measure(design, place, draws=1000, seed=99)
    for row in found["rows"]:
        assert row["kinds"]["default"]["coverage"] > 0.93 - 3 * 0.0125, row
