"""Every draft is about a pupil, and has been since there are drafts: now the database says so."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_cases_that_stand"),
    ]

    operations = [
        migrations.AlterField(
            model_name="paperdraft",
            name="pupil",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.casepupil"
            ),
        ),
    ]
