"""What the store holds of each patient's check-ins: run as a program after a server is gone.

    python saved.py URL KEY CLINIC

Prints patient to the answers of all their check-ins, as JSON, and whether the audit is whole.
"""

import json
import sys

from rapport.store.home import Home
from rapport.store.tables import renew


def main(url, key, clinic):
    renew(Home(url=url, key=key))
    from rapport.practice.records.check_ins import CheckIn
    from rapport.practice.records.people import Role
    from rapport.practice.visibility.viewer import Viewer
    from rapport.store.audit.recording import broken_at
    from rapport.store.practice import models, records

    found = {}
    for (patient,) in models.Patient.objects.values_list("pk"):
        sam = Viewer(clinic=clinic, role=Role.PATIENT, id=patient, patient=patient)
        found[patient] = {
            item: value
            for each in records.kept(sam, CheckIn)
            for item, value in each.record.answers.items()
        }
    print(json.dumps({"answers": found, "broken_at": broken_at()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
