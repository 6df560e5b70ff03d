"""The store knows which key patients' keys are wrapped with: at first, that of the first one."""

from django.db import migrations, models

MARK_BYTES = 4


def _marked(apps, _editor):
    wrapped = apps.get_model("practice", "Patient").objects.values_list("wrapped", flat=True)
    first = wrapped.first()
    if first is not None:
        apps.get_model("practice", "StoreKey").objects.create(mark=bytes(first[:MARK_BYTES]))


class Migration(migrations.Migration):
    dependencies = [
        ("practice", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoreKey",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, primary_key=True, serialize=False
                    ),
                ),
                ("mark", models.BinaryField()),
            ],
            options={
                "db_table": "practice_store_key",
                "abstract": False,
            },
        ),
        migrations.RunPython(_marked, migrations.RunPython.noop),
    ]
