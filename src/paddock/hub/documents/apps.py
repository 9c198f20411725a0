# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The room's registration with Django."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Documents of releases; it has no tables."""

    name = "paddock.hub.documents"
    label = "documents"
