"""The addresses of the practice wing that everybody can ask, and that keep nothing."""

from django.urls import path

from rapport.web.practice.check_in import sheet
from rapport.web.practice.open import cards, front, help_now, questionnaires, show, solo

urlpatterns = [
    path("practice/", front.front, name="practice"),
    path("practice/solo/", solo.solo, name="practice-solo"),
    path("practice/cards/", cards.cards, name="practice-cards"),
    path("practice/cards/<int:number>/", cards.card, name="practice-card"),
    path("practice/cards/<int:number>.txt", cards.card_plain, name="practice-card-text"),
    path("practice/help", help_now.help_now, name="practice-help"),
    path("practice/red-flags", help_now.red_flags, name="practice-red-flags"),
    path(
        "practice/questionnaires/<str:name>",
        questionnaires.questionnaire,
        name="practice-questionnaire",
    ),
    path("practice/show/", show.lists, name="practice-show"),
    path("practice/show/<str:name>/<int:number>", show.sentence, name="practice-show-sentence"),
    path("practice/sheet/<str:side>/<str:length>", sheet.sheet, name="practice-sheet"),
]
