"""Languages as sources name them, brought to one code each."""

_NAMES = {
    "af": "afr afrikaans",
    "ar": "ara arabic",
    "bg": "bul bulgarian",
    "bs": "bos bosnian",
    "ca": "cat catalan",
    "cs": "cze ces czech",
    "da": "dan danish dansk",
    "de": "ger deu german deutsch",
    "el": "gre ell greek",
    "en": "eng english",
    "es": "spa spanish español castellano",
    "et": "est estonian",
    "fa": "per fas persian",
    "fi": "fin finnish",
    "fr": "fre fra french français",
    "he": "heb hebrew",
    "hr": "hrv scr croatian",
    "hu": "hun hungarian",
    "is": "ice isl icelandic",
    "it": "ita italian italiano",
    "ja": "jpn japanese",
    "ko": "kor korean",
    "lt": "lit lithuanian",
    "lv": "lav latvian",
    "nl": "dut nld dutch nederlands",
    "no": "nor nob norwegian norsk",
    "pl": "pol polish",
    "pt": "por portuguese português",
    "ro": "rum ron romanian",
    "ru": "rus russian",
    "sk": "slo slk slovak",
    "sl": "slv slovenian",
    "sr": "srp scc serbian",
    "sv": "swe swedish svenska",
    "th": "tha thai",
    "tr": "tur turkish",
    "uk": "ukr ukrainian",
    "zh": "chi zho chinese",
}
_CODES = {name: code for code, names in _NAMES.items() for name in (code, *names.split())}


def language_code(text: str | None) -> str | None:
    """The ISO 639-1 code ("en"), without region; a language not listed as it is written.

    Missing: None for no language, for "und" (undetermined) and "mul" (several).
    """
    word = (text or "").strip().lower().partition(";")[0].strip()
    if word in {"", "und", "mul", "zxx"}:
        return None
    first = word.replace("_", "-").partition("-")[0]
    return _CODES.get(word) or _CODES.get(first) or word
