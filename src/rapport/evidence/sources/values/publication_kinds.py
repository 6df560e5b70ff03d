"""What exports call the kind of a publication, in the words PubMed has for it."""

_KINDS = {
    "Journal Article": "jour ejour article article-journal journalarticle inpr electronicarticle",
    "Book": "book ebook edbook wholebook editedbook monograph electronicbook",
    "Book Chapter": (
        "chap echap inbook incollection chapter booksection electronicbooksection bookchapter"
    ),
    "Conference Paper": (
        "conf cpaper inproceedings conference paper-conference conferencepaper "
        "conferenceproceeding conferenceproceedings proceedings"
    ),
    "Thesis": "thes thesis phdthesis mastersthesis mathesis",
    "Report": "rprt report techreport",
    "Preprint": "preprint posted-content",
    "Dataset": "data dataset aggr",
    "News": "news mgzn newspaperarticle magazinearticle article-newspaper article-magazine",
    "Web Page": "elec icomm blog online webpage post-weblog post blogpost electronic",
    "Unpublished Work": "unpb unpublished manscpt manuscript",
    "Review": "review review-article",
    "Standard": "stand standard",
    "Video": "video motion_picture videorecording",
}
_WORDS = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_NOTHING = frozenset({"", "gen", "misc", "generic", "document", "other", "undefined"})


def publication_kind(text: str) -> str | None:
    """The kind in PubMed's words; a kind not listed as it is written, None for no kind at all."""
    written = " ".join(text.split())
    word = written.lower().replace(" ", "")
    if word in _NOTHING:
        return None
    return _WORDS.get(word, written)
