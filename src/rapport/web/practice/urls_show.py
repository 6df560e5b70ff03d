"""The addresses of what is open to all: sentences to show, and sheets to print."""

from django.urls import path

from rapport.web.practice import show
from rapport.web.practice.check_in import sheet

urlpatterns = [
    path("practice/show/", show.lists, name="practice-show"),
    path("practice/show/<str:name>/<int:number>", show.sentence, name="practice-show-sentence"),
    path("practice/sheet/<str:side>/<str:length>", sheet.sheet, name="practice-sheet"),
]
