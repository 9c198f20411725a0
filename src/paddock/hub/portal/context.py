# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What every page's template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """The company's name and who acts."""
    return {"company": settings.COMPANY, "actor": getattr(request, "actor", None)}
