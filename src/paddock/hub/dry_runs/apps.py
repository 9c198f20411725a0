# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The room's registration with Django."""

from django.apps import AppConfig


class DryRunsConfig(AppConfig):
    """Drafts of policies, tried on the portfolio."""

    name = "paddock.hub.dry_runs"
    label = "dry_runs"
