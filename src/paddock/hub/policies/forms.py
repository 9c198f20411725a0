# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What people fill in about policies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paddock.hub.accounts.forms.fields import ActorForm, UnitField
from paddock.hub.accounts.types import Permission

HOLDS, SHIPPED = "holds", "paddock"
MAX_NOTE = 2_000


class NewPolicyForm(ActorForm):
    """A policy of its own for a unit."""

    unit = UnitField(label=_("Unit"), permission=Permission.MANAGE_POLICIES)
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("As people in the company will call it: Rules for cars.")
    )
    start = forms.ChoiceField(
        label=_("Start from"),
        choices=(
            (HOLDS, _("The policy that holds in the unit now")),
            (SHIPPED, _("The policy that ships with Paddock")),
        ),
        initial=HOLDS,
        widget=forms.RadioSelect,
        help_text=_("Its text becomes your first draft, which decides nothing until it is released."),
    )


class DraftForm(forms.Form):
    """The text of a draft. version, revision: what was opened, so that nobody overwrites what others saved since."""

    version = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    content = forms.CharField(
        label=_("Text"),
        strip=False,
        help_text=_("YAML. A text that has faults can be saved, but not released."),
        widget=forms.Textarea(
            attrs={
                "class": "code-text", "rows": 30, "spellcheck": "false", "autocapitalize": "off",
                "autocomplete": "off", "wrap": "off",
            }
        ),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=MAX_NOTE,
        help_text=_("What this version changes, and why: for those who release it, and for later."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def of(self, draft: Any) -> "DraftForm":
        """This form with the same text and note, but for the draft as it is now."""
        values = {name: self[name].value() for name in ("content", "note")}
        return DraftForm(initial={**values, "version": draft.pk, "revision": draft.revision})


class LookedAtForm(forms.Form):
    """What somebody confirms has to be what they saw: the version, and how often it had been saved."""

    version = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
