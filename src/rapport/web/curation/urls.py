"""The addresses that are there where the site has a store."""

from django.urls import path

from rapport.web.curation import questions, reports
from rapport.web.people import sign_in

urlpatterns = [
    path("set-up/<str:link>", sign_in.set_up, name="set-up"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/number", sign_in.number, name="sign-in-number"),
    path("sign-in/app", sign_in.app, name="sign-in-app"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("curate/", questions.queue, name="curate"),
    path("curate/reports/", reports.reports, name="curate-reports"),
    path("curate/reports/<str:correction>/", reports.answer, name="curate-report"),
    path(
        "curate/questions/<str:question_id>/<path:card_id>/",
        questions.question,
        name="curate-question",
    ),
    path("curate/cards/<path:card_id>/", questions.of_card, name="curate-card"),
    path("report/<path:card_id>/", reports.report, name="report"),
    path("corrections", reports.ledger, name="corrections"),
    path("corrections.json", reports.ledger_data, name="corrections-data"),
    path("decisions.jsonl", reports.decisions, name="decisions"),
]
