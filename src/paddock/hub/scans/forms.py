# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What people fill in to hand something in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class HandInForm(forms.Form):
    """One file for a release."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("A bill of materials (CycloneDX, SPDX), a result of paddock scan, a lock file, or source archive."),
    )
