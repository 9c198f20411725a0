# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Forms about legal entities, units, people and roles."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from paddock.hub.accounts.forms.fields import ActorForm, DayField, PersonField, UnitField
from paddock.hub.accounts.models import LegalEntity
from paddock.hub.accounts.permissions import may_give
from paddock.hub.accounts.queries.units import ARROW, legal_entities
from paddock.hub.accounts.types import Permission, PersonKind, Role
from paddock.hub.core.actor import Actor


class LegalEntityForm(ActorForm):
    """A company of the group."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As in the register of companies."))
    country = forms.CharField(
        label=_("Country"), max_length=2, min_length=2, help_text=_("Two letters, such as DE or FR."),
        validators=[RegexValidator(r"\A[A-Za-z]{2}\Z", _("Write the two letters of the country, such as DE."))],
    )  # fmt: skip


class UnitForm(ActorForm):
    """A unit's name and legal entity."""

    name = forms.CharField(label=_("Name"), max_length=200)
    legal_entity: Any = forms.ModelChoiceField(
        LegalEntity.objects.none(), label=_("Legal entity"), required=False,
        empty_label=_("The same as the unit above"),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        field = self.fields["legal_entity"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = legal_entities()

    def clean_name(self) -> str:
        """The name; the arrow between names of units cannot be a part of one."""
        name = str(self.cleaned_data["name"])
        if ARROW.strip() in name:
            raise forms.ValidationError(_("A name cannot contain the character %s.") % ARROW.strip())
        return name


class MoveForm(ActorForm):
    """Where a unit is to hang."""

    parent = UnitField(label=_("Below which unit"), permission=Permission.MANAGE_PEOPLE)


class InviteForm(ActorForm):
    """Somebody who gets an account."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, help_text=_("What they will sign in with."))
    kind = forms.ChoiceField(label=_("Belongs to the company as"), choices=PersonKind.choices)
    unit = UnitField(label=_("Unit"), permission=Permission.MANAGE_PEOPLE)


class PersonForm(ActorForm):
    """An account's facts."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, help_text=_("What they sign in with."))
    kind = forms.ChoiceField(label=_("Belongs to the company as"), choices=PersonKind.choices)


class JoinForm(ActorForm):
    """A membership."""

    unit = UnitField(label=_("Unit"), permission=Permission.MANAGE_PEOPLE)
    starts_on = DayField(label=_("From"), required=False, help_text=_("Empty: today."))
    ends_on = DayField(label=_("Until"), required=False, help_text=_("The last day. Empty: open."))


class UnlockForm(ActorForm):
    """Where somebody comes back to."""

    unit = UnitField(label=_("Unit"), permission=Permission.MANAGE_PEOPLE)


class EndMembershipForm(ActorForm):
    """The last day of a membership."""

    ends_on = DayField(label=_("Last day"))


class RoleForm(ActorForm):
    """A role for a person in a unit. person, unit: False where the page says already which."""

    person = PersonField(label=_("Person"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = UnitField(label=_("Unit"), permission=Permission.MANAGE_PEOPLE)
    starts_on = DayField(label=_("From"), required=False, help_text=_("Empty: today."))
    ends_on = DayField(label=_("Until"), required=False, help_text=_("The last day. Empty: open."))

    def __init__(
        self, *args: Any, actor: Actor, ask_person: bool = True, unit_path: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        if not ask_person:
            del self.fields["person"]
        if unit_path is not None:
            del self.fields["unit"]
            roles = [(role.value, role.label) for role in Role if may_give(actor, role, unit_path)]
            self.fields["role"] = forms.ChoiceField(label=_("Role"), choices=roles)


class DeputyForm(ActorForm):
    """Who stands in."""

    person = PersonField(label=_("Deputy"))
    ends_on = DayField(
        label=_("Until"), required=False, help_text=_("The last day. Empty: as long as the role itself.")
    )


class EndRoleForm(ActorForm):
    """When a role ends."""

    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Empty: it ends at once."))


class GroupForm(ActorForm):
    """From a group of the directory to a role."""

    provider = forms.ChoiceField(label=_("Sign-in provider"))
    group = forms.CharField(label=_("Group"), max_length=300, help_text=_("Exactly as the provider writes it."))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = UnitField(label=_("Unit"), permission=Permission.MANAGE_HUB)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.fields["provider"] = forms.ChoiceField(label=_("Sign-in provider"), choices=providers())


def providers() -> list[tuple[str, str]]:
    """The configured directories: provider_id and name."""
    apps = [app for kind in settings.SOCIALACCOUNT_PROVIDERS.values() for app in kind.get("APPS", [])]
    return [(app["provider_id"], app.get("name") or app["provider_id"]) for app in apps]


class NothingForm(ActorForm):
    """Asks for nothing: the button says it all."""
