"""The addresses of the practice wing that everybody can ask, and that keep nothing."""

from django.urls import path

from rapport.web.practice import cards, front, help_now, questionnaires, solo, urls_show

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
    *urls_show.urlpatterns,
]
