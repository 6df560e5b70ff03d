"""The table is only ever added to, whoever writes to the database."""

from typing import ClassVar

from django.db import migrations

from rapport.store.append_only import append_only


class Migration(migrations.Migration):
    """Triggers that refuse changes."""

    dependencies: ClassVar = [("audit", "0001_initial")]
    operations: ClassVar = [append_only("audit_entry")]
