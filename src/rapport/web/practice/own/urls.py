"""The addresses of who one is, one's own pages, and what those who keep a clinic need."""

from django.urls import path

from rapport.web.practice.own import (
    care,
    concern,
    deciding,
    entering,
    home,
    keeping,
    taking_out,
    wishes,
    yours,
)

urlpatterns = [
    path("practice/home", home.home, name="practice-home"),
    path("practice/role", entering.role, name="practice-role"),
    path("practice/link/<str:token>", entering.link, name="practice-link"),
    path("practice/demo", entering.demo, name="practice-demo"),
    path("practice/leave", entering.leave, name="practice-leave"),
    path("practice/yours", yours.yours, name="practice-yours"),
    path("practice/yours/left", yours.left, name="practice-left"),
    path("practice/yours/seen", yours.seen, name="practice-seen"),
    path("practice/yours/consents", yours.consents, name="practice-consents"),
    path("practice/yours/helpers", yours.supporters, name="practice-supporters"),
    path("practice/yours/wishes", wishes.wishes, name="practice-wishes"),
    path("practice/yours/deciding", deciding.deciding, name="practice-deciding"),
    path("practice/yours/devices", yours.devices, name="practice-devices"),
    path("practice/yours/harm", yours.harm_at_home, name="practice-harm-at-home"),
    path("practice/yours/copy", taking_out.export, name="practice-copy"),
    path("practice/yours/erase", taking_out.erase, name="practice-erase"),
    path("practice/yours/confirm", taking_out.fresh, name="practice-confirm"),
    path("practice/erased", taking_out.erased, name="practice-erased"),
    path("practice/invite", care.invite, name="practice-invite"),
    path("practice/people/<str:patient>/", care.person, name="practice-person"),
    path("practice/people/<str:patient>/safety", concern.safety, name="practice-safety"),
    path("practice/own-side", care.own_side, name="practice-own-side"),
    path("practice/members", keeping.members, name="practice-members"),
    path("practice/inbox", keeping.inbox, name="practice-inbox"),
    path("practice/ways-back", keeping.ways_back, name="practice-ways-back"),
    path("practice/log", keeping.log, name="practice-log"),
    path("practice/research", keeping.research, name="practice-research"),
]
