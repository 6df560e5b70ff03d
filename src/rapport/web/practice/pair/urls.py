"""The addresses of both sides together, visits, harm, the course over time, and taking in."""

from django.urls import path

from rapport.web.practice.pair import harm, over_time, reveal, taking_in, visit

urlpatterns = [
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
    path("practice/take-in/<str:pair>/", taking_in.take_in, name="practice-take-in"),
    path(
        "practice/take-in/<str:pair>.json",
        taking_in.take_in_data,
        name="practice-take-in-data",
    ),
]
