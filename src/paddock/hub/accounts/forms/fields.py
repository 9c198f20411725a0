# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Fields in which one names a unit or a person by typing, because lists of ten thousand are no choice."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from paddock.hub.accounts.queries import person_addressed, unit_named
from paddock.hub.core.actor import Actor
from paddock.hub.core.errors import NotFound


class ActorForm(forms.Form):
    """A form that knows who fills it in: its fields offer and accept only what that person may see."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, (UnitField, PersonField)):
                field.actor = actor


def _typed(offers: Any, target: str) -> forms.TextInput:
    attributes = {
        "list": target, "autocomplete": "off", "hx-get": offers, "hx-trigger": "input changed delay:200ms",
        "hx-target": f"#{target}", "hx-swap": "innerHTML",
    }  # fmt: skip
    return forms.TextInput(attrs=attributes)


class UnitField(forms.CharField):
    """A unit by its name or full name, among those in which the actor has `permission`."""

    actor: Actor

    def __init__(self, *, permission: str, **kwargs: Any) -> None:
        self.permission = permission
        widget = _typed(reverse_lazy("unit-offers"), "offered-units")
        hint = _("Type a part of its name, then choose.")
        super().__init__(**{"max_length": 2_000, "widget": widget, "help_text": hint, **kwargs})

    def clean(self, value: Any) -> Any:
        """The unit. Raises ValidationError that says what to write instead."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return unit_named(self.actor, self.permission, text)
        except NotFound as error:
            raise forms.ValidationError(error.message) from error


class PersonField(forms.CharField):
    """A person by address or name, among those whom the actor may see."""

    actor: Actor

    def __init__(self, **kwargs: Any) -> None:
        widget = _typed(reverse_lazy("person-offers"), "offered-people")
        hint = _("Type a part of the name or the e-mail address, then choose.")
        super().__init__(**{"max_length": 500, "widget": widget, "help_text": hint, **kwargs})

    def clean(self, value: Any) -> Any:
        """The person. Raises ValidationError that says what to write instead."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return person_addressed(self.actor, text)
        except NotFound as error:
            raise forms.ValidationError(error.message) from error


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"widget": widget, "input_formats": ["%Y-%m-%d"], **kwargs})
