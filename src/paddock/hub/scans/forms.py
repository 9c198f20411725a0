# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What people fill in to hand something in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paddock.hub.core.errors import Invalid


class HandInForm(forms.Form):
    """One file for a release."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("A bill of materials (CycloneDX, SPDX), a result of paddock scan, a lock file, or source archive."),
    )


class RepositoryForm(forms.Form):
    """A repository to fetch and scan. known: the addresses of those that the product has; the first is filled in."""

    url = forms.CharField(
        label=_("Address of the repository"),
        max_length=500,
        widget=forms.URLInput(attrs={"list": "known-repositories", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("As git clone takes it, beginning with https:// and without a name or a password."),
    )
    revision = forms.CharField(
        label=_("Branch, tag or commit"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Such as the tag of this release. Without one the default branch is scanned."),
    )

    def __init__(self, *arguments: Any, known: list[str], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.known = known
        self.fields["url"].initial = known[0] if known else ""

    def refuse(self, error: Invalid) -> None:
        """Show what the service refused, at the field that it names."""
        place = error.errors[0].partition(":")[0] if error.errors else ""
        self.add_error(place if place in self.fields else None, error.message)
