"""The addresses of the coalition."""

from django.urls import path

from rapport.web.practice.coalition import fitting, needs, papers, people, work

_PLAN = "practice/plan/<str:patient>"
_NEED = "practice/need/<str:name>"
_SERVICE = f"{_NEED}/services/<str:service_id>"

urlpatterns = [
    path("practice/needs/", needs.entry, name="practice-needs"),
    path(f"{_PLAN}/", needs.plan, name="practice-plan"),
    path(f"{_PLAN}/need", needs.add, name="practice-need-add"),
    path(f"{_PLAN}/week", needs.week, name="practice-week"),
    path(f"{_PLAN}/people", people.people, name="practice-actors"),
    path(f"{_PLAN}/people/new", people.add, name="practice-actor-add"),
    path(f"{_PLAN}/ledger", papers.costs, name="practice-ledger"),
    path(f"{_PLAN}/page", papers.page, name="practice-plan-page"),
    path(f"{_PLAN}/agree", papers.agree, name="practice-plan-agree"),
    path(f"{_PLAN}/dates.ics", papers.dates, name="practice-dates"),
    path(f"{_NEED}/", needs.need, name="practice-need"),
    path(f"{_NEED}/about/<str:what>", needs.detail, name="practice-need-detail"),
    path(f"{_NEED}/result", needs.result, name="practice-need-result"),
    path(f"{_NEED}/close", needs.close, name="practice-need-close"),
    path(f"{_NEED}/reopen", needs.reopen, name="practice-need-reopen"),
    path(f"{_NEED}/none", needs.none_there, name="practice-need-none"),
    path(f"{_NEED}/who", people.who, name="practice-need-who"),
    path(f"{_NEED}/ask", work.ask, name="practice-request-add"),
    path(f"{_NEED}/do", work.do, name="practice-action-add"),
    path(f"{_NEED}/note", work.note, name="practice-note-add"),
    path(f"{_NEED}/letter", papers.new_letter, name="practice-letter-add"),
    path(f"{_NEED}/services/", fitting.services, name="practice-need-services"),
    path(_SERVICE, fitting.service, name="practice-need-service"),
    path(f"{_SERVICE}/word", fitting.word, name="practice-need-word"),
    path("practice/asked/<str:name>/", work.answered, name="practice-request"),
    path("practice/asked/<str:name>/with", work.go_with, name="practice-request-with"),
    path("practice/action/<str:name>/", work.done, name="practice-action"),
    path("practice/letters/<str:name>/", papers.letter, name="practice-letter"),
    path(
        "practice/letters/<str:name>/letter.txt",
        papers.letter_text,
        name="practice-letter-text",
    ),
]
