# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Forms about oneself: settings and tokens."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from paddock.hub.accounts.forms.fields import ActorForm, DayField, UnitField
from paddock.hub.accounts.types import PERMISSION_LABELS, Permission, Theme
from paddock.hub.core.actor import Actor


class SettingsForm(ActorForm):
    """Name, language and theme."""

    name = forms.CharField(label=_("Name"), max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(label=_("Theme"), choices=Theme.choices)


class TokenForm(ActorForm):
    """A new API token: what it is for, what it may do, where, until when. day: today."""

    name = forms.CharField(label=_("What is it for?"), max_length=100, help_text=_("Such as: CI of Cockpit."))
    unit = UnitField(label=_("Unit"), permission=Permission.MANAGE_TOKENS)
    permissions = forms.MultipleChoiceField(label=_("May"), widget=forms.CheckboxSelectMultiple)
    expires_on = DayField(label=_("Valid until"), help_text=_("The last day, a year from now at most."))

    def __init__(self, *args: Any, actor: Actor, day: datetime, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        own = [(one.value, PERMISSION_LABELS[one]) for one in Permission if actor.may_somewhere(one)]
        self.fields["permissions"] = forms.MultipleChoiceField(
            label=_("May"), choices=own, widget=forms.CheckboxSelectMultiple,
            help_text=_("It never may more than you may yourself at the moment it is used."),
        )  # fmt: skip
        self.fields["expires_on"].initial = (day + timedelta(days=90)).date()
