# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The room's registration with Django."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Building blocks of pages."""

    name = "paddock.hub.pages"
    label = "pages"
