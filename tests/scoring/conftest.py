"""The keys and definitions of the package, read once."""

import pytest

from rapport.knowledge.load import instruments, load
from rapport.scoring.score import Options
from rapport.scoring.score import score as scored


@pytest.fixture(scope="session")
def keys():
    return instruments()


@pytest.fixture(scope="session")
def score(keys):
    definitions = load().definitions

    def of(name, answers, least=None, thresholds=None):
        return scored(
            keys[name],
            answers,
            definitions,
            Options(least=least, thresholds=thresholds, other=keys.get(keys[name].other_side)),
        )

    return of
