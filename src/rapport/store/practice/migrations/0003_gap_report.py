"""A gap report a quarter, and what each patient was counted in when it was made."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("practice", "0002_store_key"),
    ]

    operations = [
        migrations.AddField(
            model_name="patient",
            name="counted",
            field=models.BinaryField(default=b""),
        ),
        migrations.CreateModel(
            name="GapReport",
            fields=[
                ("id", models.CharField(max_length=26, primary_key=True, serialize=False)),
                ("quarter", models.CharField(max_length=7)),
                ("on", models.DateField()),
                ("numbers", models.BinaryField()),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="practice.clinic"
                    ),
                ),
            ],
            options={
                "db_table": "practice_gap_report",
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="gapreport",
            constraint=models.UniqueConstraint(
                fields=("clinic", "quarter"), name="one_report_a_quarter"
            ),
        ),
    ]
