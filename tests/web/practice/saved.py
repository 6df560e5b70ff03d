"""What the store holds of each patient's check-ins: run as a program after a server is gone.

    python saved.py URL KEY CLINIC

Prints as JSON: patient to the answers of all their check-ins; how many patients have a name that
can be read; whether all keys are wrapped with this one, as the store itself says; the first entry
of the audit that is broken.
"""

import json
import sys

from rapport.store.home import Home
from rapport.store.tables import renew


def main(url, key, clinic):
    renew(Home(url=url, key=key))
    from rapport.practice.records.check_ins import CheckIn
    from rapport.practice.records.people import Profile, Role
    from rapport.practice.visibility.viewer import Viewer
    from rapport.store.audit.recording import broken_at
    from rapport.store.practice import models, records, vault

    found, named = {}, 0
    marks = {bytes(wrapped[:4]) for (wrapped,) in models.Patient.objects.values_list("wrapped")}
    marks |= {bytes(each.mark) for each in models.StoreKey.objects.all()}
    for (patient,) in models.Patient.objects.values_list("pk"):
        sam = Viewer(clinic=clinic, role=Role.PATIENT, id=patient, patient=patient)
        found[patient] = {
            item: value
            for each in records.kept(sam, CheckIn)
            for item, value in each.record.answers.items()
        }
        named += len(records.kept(sam, Profile))
    told = {"answers": found, "named": named, "broken_at": broken_at()}
    print(json.dumps({**told, "has_one_key": marks == {vault.mark(key)}}))


if __name__ == "__main__":
    main(*sys.argv[1:])
