# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The room's registration with Django."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Events on their way."""

    name = "paddock.hub.outbox"
    label = "outbox"
