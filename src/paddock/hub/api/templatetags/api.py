# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How descriptions of the API look on its page."""

from django import template
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def described(text: str) -> SafeString:
    """The text in paragraphs, with code as `coded` shows it."""
    return SafeString(linebreaks(coded(text)))


@register.filter
def coded(text: str) -> SafeString:
    """The text; what stands between backticks as code, as programs that read the schema show it."""
    parts = enumerate(text.split("`"))
    return format_html_join("", "{}", ((format_html("<code>{}</code>", part) if n % 2 else part,) for n, part in parts))
