# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Template tags: icons, status badges, and looking at a row of a table."""

from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from paddock.hub.pages.icons import PATHS, TONES
from paddock.hub.pages.status import Status

Text = str | Promise
register = template.Library()
SVG = '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="{}"/></svg>'
ICONS = {name: format_html(SVG, path) for name, path in PATHS.items()}


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of `icons.PATHS`, hidden from screen readers: the word stands beside it. Raises KeyError."""
    return ICONS[name]


@register.simple_tag
def status(value: Status | None) -> SafeString:
    """A status as icon and word; nothing for None."""
    return badge(value.tone, value.word, value.icon) if value is not None else SafeString()


@register.simple_tag
def badge(tone: str, word: Text, name: str = "") -> SafeString:
    """An icon and a word in the colour of a tone of `icons.TONES`; `name`: another icon than the tone's own."""
    known = tone if tone in TONES else "none"
    return format_html('<span class="status {}">{}{}</span>', known, icon(name or known), word)


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and the last word, for the round picture of a person."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys((words[:1] + words[-1:]) if words else []))[:2].upper()


@register.filter
def kind_of_widget(field: Any) -> str:
    """What a form's field looks like: "check", "choices" (several radio buttons or boxes), or "plain"."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "")
    if hasattr(widget, "subwidgets") and kind in ("radio", "checkbox") and getattr(widget, "choices", None) is not None:
        return "choices"
    return "check" if kind == "checkbox" else "plain"
