# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What people fill in about products and releases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paddock.hub.accounts.forms.fields import ActorForm, PersonField, UnitField
from paddock.hub.accounts.queries import units_within
from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor
from paddock.hub.products.models import Product
from paddock.hub.products.services import MAX_NAME
from paddock.hub.products.types import Criticality, Distribution

MOST_TAGS, LONGEST_TAG = 50, 100


class TagsField(forms.CharField):
    """Words, separated by commas; each once, in the order in which they were written."""

    def clean(self, value: Any) -> list[str]:
        """Raises ValidationError for too many or too long ones."""
        words = (" ".join(word.split()) for word in super().clean(value).split(","))
        tags = list(dict.fromkeys(word for word in words if word))
        if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
            told = _("At most %(most)s tags of %(longest)s characters each.")
            raise forms.ValidationError(told, params={"most": MOST_TAGS, "longest": LONGEST_TAG})
        return tags


class ProductForm(ActorForm):
    """A product, new or changed."""

    name = forms.CharField(
        label=_("Name"), max_length=MAX_NAME, help_text=_("As people in the company call it, without a version.")
    )
    description = forms.CharField(
        label=_("Description"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    distribution = forms.ChoiceField(
        label=_("How it reaches people"),
        choices=Distribution.choices,
        initial=Distribution.EMBEDDED,
        widget=forms.RadioSelect,
        help_text=_("What licences oblige to depends on it."),
    )
    criticality = forms.ChoiceField(
        label=_("How much depends on it"), choices=Criticality.choices, initial=Criticality.MEDIUM
    )
    support_ends_on = forms.DateField(
        label=_("End of support"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day on which users get corrections."),
    )
    person = PersonField(
        label=_("Owner"), required=False,
        help_text=_("Who is told when something has to be done. Type a part of the name, then choose."),
    )  # fmt: skip
    tags = TagsField(
        label=_("Tags"), required=False, max_length=2_000, help_text=_("Words to find it by, separated by commas.")
    )

    @property
    def product(self) -> dict[str, Any]:
        """What was filled in, by the names of the product's own fields."""
        return {{"person": "owner"}.get(name, name): value for name, value in self.cleaned_data.items()}


def filled_with(product: Product) -> dict[str, Any]:
    """What the form of a product shows before anybody changes it."""
    own = ("name", "description", "distribution", "criticality", "support_ends_on")
    owner = f"{product.owner.name} <{product.owner.email}>" if product.owner is not None else ""
    return {**{name: getattr(product, name) for name in own}, "person": owner, "tags": ", ".join(product.tags)}


class NewProductForm(ProductForm):
    """A new product belongs to a unit in which the person may manage products."""

    unit = forms.ChoiceField(label=_("Unit"), help_text=_("Who answers for the product, and whose people may see it."))
    field_order = (
        "name", "unit", "description", "distribution", "criticality", "support_ends_on", "person", "tags",
    )  # fmt: skip

    def __init__(self, *arguments: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*arguments, actor=actor, **more)
        self.units = {str(unit.pk): unit for unit in units_within(actor, Permission.MANAGE_PRODUCTS).order_by("path")}
        field: Any = self.fields["unit"]
        field.choices = [(key, unit.name) for key, unit in self.units.items()]

    def clean_unit(self) -> Any:
        """The unit that the choice names."""
        return self.units[self.cleaned_data["unit"]]


class MoveForm(ActorForm):
    """The unit that shall answer for a product."""

    unit = UnitField(permission=Permission.MANAGE_PRODUCTS, label=_("Unit"))


class RepositoryForm(forms.Form):
    """Where the source of a product lies."""

    url = forms.CharField(
        label=_("Address"), max_length=500,
        help_text=_("As git clone takes it: https://…, ssh://… or git@…, without a name or a password."),
    )  # fmt: skip


class ReleaseForm(forms.Form):
    """A new release of a product."""

    name = forms.CharField(
        label=_("Version"), max_length=MAX_NAME, help_text=_("As users see it, for example 4.2 or 2026.11.")
    )
    is_latest = forms.BooleanField(
        label=_("This is the latest release"),
        required=False,
        initial=True,
        help_text=_("Lists show the verdict of the latest release."),
    )
