"""The addresses of check-ins, both sides together, visits, harm and the course over time."""

from django.urls import path

from rapport.web.practice import harm, over_time, reveal, visit
from rapport.web.practice.check_in import begin, paper, question, send

_OWN = "practice/check-in/<str:name>"

urlpatterns = [
    path("practice/check-in/deleted", question.deleted, name="practice-deleted"),
    path("practice/check-in/with/<str:pair>/", begin.begin, name="practice-begin"),
    path("practice/check-in/with/<str:pair>/seen", begin.seen, name="practice-help-seen"),
    path("practice/check-in/with/<str:pair>/paper", paper.key_in, name="practice-paper"),
    path(f"{_OWN}/", question.resume, name="practice-check-in"),
    path(f"{_OWN}/next", question.next_open, name="practice-check-in-next"),
    path(f"{_OWN}/to/send", send.send, name="practice-send"),
    path(f"{_OWN}/to/sent", send.sent, name="practice-sent"),
    path(f"{_OWN}/to/sharing", send.sharing, name="practice-sharing"),
    path(f"{_OWN}/to/each", send.each, name="practice-sharing-each"),
    path(f"{_OWN}/to/when", send.when, name="practice-sharing-when"),
    path(f"{_OWN}/to/confirm", send.confirm, name="practice-confirm-answers"),
    path(f"{_OWN}/to/<str:step_>", question.step, name="practice-check-in-step"),
    path(f"{_OWN}/<str:item>", question.question, name="practice-question"),
    path("practice/comment/<str:name>/", send.comment, name="practice-comment"),
    path("practice/reveal/<str:pair>/", reveal.reveal, name="practice-reveal"),
    path("practice/visits/<str:pair>/", visit.visits, name="practice-visits"),
    path("practice/visits/<str:pair>/held", visit.held, name="practice-visit-held"),
    path("practice/visits/<str:pair>/page", visit.page_for_visit, name="practice-summary"),
    path(
        "practice/visits/<str:pair>/page.txt",
        visit.text_for_visit,
        name="practice-summary-text",
    ),
    path("practice/visit/<str:name>/<str:tap_>", visit.tap, name="practice-tap"),
    path("practice/later/<str:name>/", visit.later, name="practice-later"),
    path("practice/worse", harm.worse, name="practice-worse"),
    path("practice/worse/noted", harm.thanks, name="practice-worse-noted"),
    path("practice/harm/", harm.harm_log, name="practice-harm"),
    path("practice/over-time/<str:pair>/", over_time.over_time, name="practice-over-time"),
]
