"""A store with people who can answer, for a real server: run as a program.

    python live.py URL KEY PEOPLE NAME

Prints what a client needs as JSON: a token and a pair for each patient, the practitioner's link
to set an account up, the clinic.
"""

import json
import sys

from rapport.store.home import Home
from rapport.store.tables import renew


def main(url, key, people, name):
    renew(Home(url=url, key=key))
    from rapport.practice.records.people import Profile, Role
    from rapport.practice.visibility.viewer import Viewer
    from rapport.store.people import accounts
    from rapport.store.practice import clinics, pairs
    from rapport.web.clock import now

    at = now()
    clinic = clinics.add("Example clinic", "evenland", at)
    account = accounts.add("lee", "Dr Lee", (), at)
    member = clinics.set_member(clinic.id, account, Role.PRACTITIONER, at=at)
    lee = Viewer(clinic=clinic.id, role=Role.PRACTITIONER, id=member.id)
    profile = Profile(shown_as=f"{name} Sam", contact=f"{name}@example.org")
    made = [pairs.invite(lee, profile, at=at) for _ in range(int(people))]
    told = {
        "patients": [[each.patient, each.pair, each.token] for each in made],
        "set_up": accounts.set_up_link(account),
        "clinic": clinic.id,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
