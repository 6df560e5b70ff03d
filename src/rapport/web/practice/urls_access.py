"""The addresses of who one is, one's own pages, and what those who keep a clinic need."""

from django.urls import path

from rapport.web.practice import entering, home

urlpatterns = [
    path("practice/home", home.home, name="practice-home"),
    path("practice/role", entering.role, name="practice-role"),
    path("practice/link/<str:token>", entering.link, name="practice-link"),
    path("practice/demo", entering.demo, name="practice-demo"),
    path("practice/leave", entering.leave, name="practice-leave"),
]
