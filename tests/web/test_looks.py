"""The looks: readable in each, still in each, and chosen without harm."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.web.looks import CHOICES, Look, chosen, way_back
from rapport.web.palettes import PALETTES
from rapport.web.site import HERE

TEXT = ("ink", "quiet", "link", "required", "not_required", "unknown", "alert")


def luminance(colour):
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast ratio, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", PALETTES)
@pytest.mark.parametrize("behind", ["paper", "raised"])
def test_words_stand_out_in_every_look(look, behind):
    palette = PALETTES[look]
    least = 4.5 if look is Look.DIM else 7.0
    weak = {
        name: round(contrast(getattr(palette, name), getattr(palette, behind)), 2)
        for name in TEXT
        if contrast(getattr(palette, name), getattr(palette, behind)) < least
    }
    assert weak == {}


@pytest.mark.parametrize("look", PALETTES)
@pytest.mark.parametrize("name", ["edge", "focus"])
def test_edges_and_the_focus_stand_out_in_every_look(look, name):
    palette = PALETTES[look]
    for behind in (palette.paper, palette.raised):
        assert contrast(getattr(palette, name), behind) >= 3.0


def test_words_on_a_button_stand_out():
    for look, palette in PALETTES.items():
        assert contrast(palette.paper, palette.link) >= (4.5 if look is Look.DIM else 7.0)


@pytest.mark.parametrize("look", PALETTES)
def test_no_look_is_pure_white_or_pure_black(look):
    colours = {value.lower() for value in vars_of(PALETTES[look])}
    assert colours.isdisjoint({"#ffffff", "#000000", "#fff", "#000"})


def vars_of(palette):
    return [getattr(palette, name) for name in palette.__struct_fields__]


def test_dim_gives_less_light_than_dark_and_light():
    light_of = {look: luminance(p.ink) for look, p in PALETTES.items()}
    assert light_of[Look.DIM] < light_of[Look.DARK]
    assert luminance(PALETTES[Look.DIM].paper) < luminance(PALETTES[Look.LIGHT].paper) / 10


def test_every_look_but_that_of_the_device_has_a_palette_and_every_look_a_choice():
    assert set(PALETTES) == set(Look) - {Look.DEVICE}
    assert [choice.look for choice in CHOICES] == list(Look)


def test_nothing_moves_blinks_sounds_or_comes_from_elsewhere():
    files = [*HERE.glob("static/*.css"), *HERE.glob("templates/**/*.html")]
    assert len(files) > 10
    forbidden = re.compile(
        r"transition|animation|@keyframes|autoplay|<audio|<video|<marquee|<script|@import"
        r"|@font-face|url\(|scroll-behavior:\s*smooth|<img|<iframe|javascript:|\son\w+=",
        re.IGNORECASE,
    )
    for file in files:
        assert forbidden.search(file.read_text()) is None, file.name


@pytest.mark.parametrize("cookie", [None, "", "bright", "DIM", "dim ", "device"])
def test_a_cookie_that_names_no_look_leaves_it_to_the_device(cookie):
    assert chosen(cookie) is Look.DEVICE


@pytest.mark.parametrize("look", list(Look))
def test_a_chosen_look_is_kept_on_the_device_and_shown(client, look):
    response = client.post("/looks", {"look": look.value, "back": "/search?q=rest"})
    assert response.status_code == 303
    cookie = response.cookies["look"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (look.value, True, "Lax")
    page = client.get(response.headers["Location"]).content.decode()
    assert f'data-look="{look.value}"' in page
    assert "Saved." in page
    assert 'href="/search?q=rest"' in page


def test_a_device_that_keeps_no_cookie_is_told_so(client):
    page = client.get("/looks?chosen=dim").content.decode()
    assert "Not saved." in page


@pytest.mark.parametrize("data", [{}, {"look": "bright"}, {"look": ""}, {"look": "x" * 20_000}])
def test_a_look_that_is_none_is_refused(client, data):
    response = client.post("/looks", data)
    assert response.status_code in (400, 413)
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        (None, "/"),
        ("", "/"),
        ("/cards/pmid-1/", "/cards/pmid-1/"),
        ("/search?q=a&page=2", "/search?q=a&page=2"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("/\nelsewhere", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_the_way_back_never_leads_to_another_site(asked, leads):
    assert way_back(asked) == leads


@given(st.text(max_size=50))
def test_the_way_back_is_always_a_path_of_this_site(asked):
    back = way_back(asked)
    assert back.startswith("/")
    assert not back.startswith("//")
    assert "\\" not in back


@pytest.mark.parametrize("address", ["/", "/cards/pmid-90000001/", "/gate", "/practice/solo/"])
def test_a_page_in_another_look_differs_in_one_attribute_and_in_what_is_shown_before_it(
    client, address
):
    def page_in(look):
        client.cookies["look"] = look
        page = client.get(address).content.decode()
        assert page.count(f'data-look="{look}"') == 1
        before = r'<meta name="(?:color-scheme|theme-color)" content="[^"]+">\n'
        return re.sub(before, "", page.replace(f'data-look="{look}"', ""))

    assert len({page_in(look.value) for look in Look}) == 1


TEMPLATES = sorted((HERE / "templates").rglob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_every_field_names_its_type_by_which_it_gets_its_size(template):
    fields = re.findall(r"<input\b[^>]*", template.read_text(encoding="utf-8"))
    assert [each for each in fields if " type=" not in each] == []
