# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""How allauth behaves here: nobody signs up alone, people come by invitation or from the company's directory."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from paddock.hub.accounts.models import Person
from paddock.hub.core.clock import now


class AccountAdapter(DefaultAccountAdapter):
    """Local accounts."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Never: an administrator invites people."""
        return False

    def new_user(self, _request: HttpRequest) -> Person:
        """A person who begins to exist now."""
        return Person(created_at=now())


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Accounts of the company's directory."""

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: Any) -> bool:
        """Whoever the directory lets in gets an account, with no role until somebody or a group mapping gives one."""
        return True

    def new_user(self, _request: HttpRequest, _sociallogin: Any) -> Person:
        """A person who begins to exist now."""
        return Person(created_at=now())
