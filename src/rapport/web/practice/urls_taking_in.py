"""The addresses at which check-ins from elsewhere are taken in."""

from django.urls import path

from rapport.web.practice import taking_in

urlpatterns = [
    path("practice/take-in/<str:pair>/", taking_in.take_in, name="practice-take-in"),
    path(
        "practice/take-in/<str:pair>.json",
        taking_in.take_in_data,
        name="practice-take-in-data",
    ),
]
