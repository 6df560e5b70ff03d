"""What the practice wing says: complete, found by name, and honest about what is missing."""

import shutil

import msgspec
import pytest

from rapport.core.errors import InputError
from rapport.knowledge.entry_file import DATA
from rapport.knowledge.load_practice import country, own, thresholds
from rapport.knowledge.practice import ConsentKind
from rapport.scoring.check_in import Thresholds
from rapport.scoring.thresholds import thresholds as of_check_in

PRACTICE = own()


@pytest.mark.parametrize("kind", list(ConsentKind))
def test_each_kind_of_consent_says_what_it_means_and_how_it_ends(kind):
    consent = PRACTICE.consent(kind)
    assert consent.asks.endswith("?")
    assert consent.says
    assert consent.ends.startswith("You can ")
    assert "You can say no." in " ".join(consent.says)


def test_the_six_challenges_stand_in_their_order():
    assert [each.number for each in PRACTICE.challenges.challenges] == [1, 2, 3, 4, 5, 6]
    assert PRACTICE.challenges.challenge(6).label == "Getting services"


def test_the_set_of_thresholds_that_ships_is_the_one_the_check_in_uses():
    assert of_check_in(thresholds()) == Thresholds()


def test_a_clinic_can_name_its_own_set_of_thresholds(tmp_path):
    text = (DATA / "thresholds" / "scc-0.1-default.toml").read_text()
    own_set = tmp_path / "lake-1.toml"
    own_set.write_text(
        text.replace('id = "scc-0.1-default"', 'id = "lake-1"').replace(
            "t_own = 75", "t_own = 50"
        )
    )
    used = of_check_in(thresholds(str(own_set)))
    assert (used.id, used.t_own) == ("lake-1", 50)


def test_the_pack_of_the_demo_says_that_it_is_made_up():
    pack = country("evenland")
    assert pack.is_made_up
    assert "made up" in pack.country
    told = msgspec.json.encode(pack).decode()
    assert not any(f'"phone":"{digit}' in told for digit in "0123456789+")


def test_a_clinic_can_name_a_pack_of_its_own(tmp_path):
    own_pack = tmp_path / "lakeland.toml"
    text = (DATA / "countries" / "evenland.toml").read_text()
    own_pack.write_text(text.replace('id = "evenland"', 'id = "lakeland"'))
    assert country(str(own_pack)).id == "lakeland"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("inbox_is_watched = false", "inbox_is_watched = 3"), "inbox_is_watched"),
        (("[clinic]", "[klinik]"), "klinik"),
        (('id = "evenland"', 'id = "other"'), "another name"),
        (("[emergency]", "[emergency"), "not TOML"),
    ],
)
def test_a_broken_pack_is_refused_with_the_file_and_the_place(tmp_path, change, said):
    pack = tmp_path / "evenland2.toml"
    text = (DATA / "countries" / "evenland.toml").read_text()
    text = text.replace('id = "evenland"', 'id = "evenland2"')
    pack.write_text(text.replace(change[0].replace("evenland", "evenland2"), change[1]))
    with pytest.raises(InputError) as refused:
        country(str(pack))
    assert said in str(refused.value)
    assert str(pack) in str(refused.value)


def test_a_pack_that_is_not_there_is_refused_with_the_ones_that_are():
    with pytest.raises(InputError, match="evenland"):
        country("nowhere.toml")


def test_a_knowledge_base_without_the_wing_has_none(tmp_path):
    from rapport.knowledge.load_practice import practice

    shutil.copytree(DATA / "designs", tmp_path / "designs")
    assert practice(tmp_path) is None
