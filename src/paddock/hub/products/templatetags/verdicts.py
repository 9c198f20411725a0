# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Verdicts in templates."""

from django import template
from django.utils.safestring import SafeString

from paddock.hub.pages.templatetags.pages import status
from paddock.hub.products import sentences
from paddock.hub.products.outcomes import outcome_status

register = template.Library()


@register.filter
def in_words(sentence: str) -> str:
    """A verdict's sentence in the reader's language."""
    return sentences.in_words(sentence)


@register.simple_tag
def verdict(outcome: str) -> SafeString:
    """A verdict as icon and word."""
    return status(outcome_status(outcome))
