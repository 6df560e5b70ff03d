"""The addresses of check-ins, on screen and on paper."""

from django.urls import path

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
]
