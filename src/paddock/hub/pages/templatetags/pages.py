# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What templates of every room use: states as icon and word, forms, time in words."""

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

KINDS: dict[str, tuple[str, str]] = {
    "compliant": ("good", "✓"),
    "not compliant": ("bad", "✗"),
    "undecided": ("ask", "?"),
    "unknown": ("quiet", "–"),
    "done": ("good", "✓"),
    "failed": ("bad", "✗"),
    "cancelled": ("quiet", "–"),
    "waiting": ("quiet", "…"),
    "running": ("busy", "…"),
    "released": ("good", "✓"),
    "draft": ("ask", "✎"),
    "replaced": ("quiet", "–"),
    "active": ("good", "✓"),
    "ended": ("quiet", "–"),
    "error": ("bad", "✗"),
    "warning": ("ask", "!"),
    "hint": ("quiet", "i"),
    "good": ("good", "✓"),
    "bad": ("bad", "✗"),
    "ask": ("ask", "?"),
    "quiet": ("quiet", "–"),
}
"""State -> colour and sign: red must not ship or overdue, amber needs a decision, green is fine."""


@register.simple_tag
def badge(state: str, word: Any = "") -> SafeString:
    """A state as sign and word, in the colour of its meaning: {% badge release.outcome release.get_outcome_display %}."""
    kind, sign = KINDS.get(str(state), ("quiet", "–"))
    return format_html(
        '<span class="badge badge-{}"><span aria-hidden="true">{}</span> {}</span>', kind, sign, word or state
    )


@register.simple_tag(takes_context=True)
def current(context: dict[str, Any], *prefixes: str) -> str:
    """`aria-current="page"` for the entry of the navigation whose addresses begin so."""
    request = context.get("request")
    path = request.path if request is not None else ""
    here = any(path == prefix or (prefix != "/" and path.startswith(prefix)) for prefix in prefixes)
    return SafeString('aria-current="page"') if here else ""


@register.simple_tag(takes_context=True)
def may(context: dict[str, Any], permission: str) -> bool:
    """Whether the person has the permission anywhere: {% may "manage products" as can_manage %}."""
    actor = context.get("actor")
    return actor is not None and actor.may_somewhere(permission)


@register.filter
def described(field: BoundField) -> str:
    """The ids of a field's help and errors, for aria-describedby."""
    ids = [f"{field.id_for_label}-help"] if field.help_text else []
    return " ".join([*ids, *([f"{field.id_for_label}-error"] if field.errors else [])])
