# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Drafts that two people edit, and who wrote in them."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="policyversion",
            options={"ordering": ["-number"]},
        ),
        migrations.AddField(
            model_name="policyversion",
            name="changed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="editors",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="revision",
            field=models.IntegerField(default=1),
        ),
    ]
