# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The room's registration with Django."""

from django.apps import AppConfig


class ScansConfig(AppConfig):
    """From what is handed in to a verdict."""

    name = "paddock.hub.scans"
    label = "scans"
