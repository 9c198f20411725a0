# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The room's registration with Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The record of what was done."""

    name = "paddock.hub.audit"
    label = "audit"
