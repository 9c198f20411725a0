# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What people fill in about webhooks."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from paddock.hub.accounts.forms.fields import ActorForm, UnitField
from paddock.hub.core.errors import Invalid
from paddock.hub.webhooks.queries import MANAGE
from paddock.hub.webhooks.types import Topic

TOPICS = [(topic.value, format_lazy("{} ({})", topic.label, topic.value)) for topic in Topic if topic != Topic.TEST]
MAX_URL = 500


class WebhookForm(ActorForm):
    """Where messages go, and what about."""

    url = forms.CharField(
        label=_("Address"),
        max_length=MAX_URL,
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Of the program that takes the messages. It begins with https:// and lies in the public network, "
                    "unless your hub allows others."),
    )  # fmt: skip
    topics = forms.MultipleChoiceField(
        label=_("What to be told of"), choices=TOPICS, widget=forms.CheckboxSelectMultiple
    )

    def refuse(self, error: Invalid) -> None:
        """Show what a service refused, at the field that it names."""
        place = error.errors[0].partition(":")[0] if error.errors else ""
        self.add_error(place if place in self.fields else None, error.message)


class NewWebhookForm(WebhookForm):
    """A new webhook: also of which unit."""

    unit = UnitField(
        label=_("Unit"), permission=MANAGE,
        help_text=_("Messages are about what happens in it and in the units below. Type a part of its name, then "
                    "choose."),
    )  # fmt: skip
    field_order = ("unit", "url", "topics")

    def __init__(self, *arguments: Any, unit: str = "", **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["unit"].initial = unit
