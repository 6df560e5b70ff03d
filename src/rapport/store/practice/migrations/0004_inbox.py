"""Where a clinic is told that somebody asks for help, and when somebody asked for a way back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practice", "0003_gap_report")]

    operations = [
        migrations.AddField(
            model_name="clinic",
            name="inbox",
            field=models.CharField(blank=True, default="", max_length=254),
        ),
        migrations.AddField(
            model_name="link",
            name="asked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
