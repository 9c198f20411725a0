# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""A program that gives the first administrator of a running hub an API token, for tests: prints its secret."""

import os
import sys
from datetime import timedelta

import django


def main() -> None:
    """Make it as the administrator would."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paddock.hub.config.settings")
    django.setup()
    from paddock.hub.accounts.models import Person, Unit  # needs Django to be set up
    from paddock.hub.accounts.queries import actor_for
    from paddock.hub.accounts.services import create_token
    from paddock.hub.accounts.types import Permission
    from paddock.hub.core.clock import now

    person, moment = Person.objects.get(), now()
    _, secret = create_token(
        actor=actor_for(person, moment), person=person, name="CI", unit=Unit.objects.get(), now=moment,
        permissions=[Permission.SEE_PRODUCTS, Permission.UPLOAD], expires_at=moment + timedelta(days=1),
    )  # fmt: skip
    sys.stdout.write(f"{secret}\n")


if __name__ == "__main__":
    main()
