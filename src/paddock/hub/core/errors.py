# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What a service may raise. The rim turns each kind into a page, a problem document or an exit code, in one place.

A message says what happened, what was kept, and what to do next; it never holds a secret.
"""

from django.utils.translation import gettext_noop as _


class HubError(Exception):
    """Base of all errors of the hub.

    title: the kind of problem, the same for every case of it; pages and problems translate it. message: in the language
    of whoever asked, so it is shown and never stored.
    status: the HTTP status that says it best. errors: the places that are wrong, where the message names more than one.
    """

    title = _("This did not work")
    status = 400

    def __init__(self, message: str, *, errors: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.errors = errors


class NotFound(HubError):
    """There is no such thing, or none that this actor may know of: both look the same from outside."""

    title = _("Not found")
    status = 404


class NotAllowed(HubError):
    """The actor may see the thing, but may not do this to it."""

    title = _("Not allowed")
    status = 403


class Invalid(HubError):
    """What was handed in cannot be used; `errors` names each place."""

    title = _("Not valid")
    status = 422


class TooLarge(HubError):
    """More was handed in than the hub takes."""

    title = _("Too large")
    status = 413


class ChangedMeanwhile(HubError):
    """Somebody else was faster; nothing was changed."""

    title = _("Changed meanwhile")
    status = 409
