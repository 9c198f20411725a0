# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What people fill in about products and releases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paddock.hub.accounts.queries import units_within
from paddock.hub.accounts.types import Permission
from paddock.hub.core.actor import Actor
from paddock.hub.products.services import MAX_NAME
from paddock.hub.products.types import Criticality, Distribution


class ProductForm(forms.Form):
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


class NewProductForm(ProductForm):
    """A new product belongs to a unit in which the person may manage products."""

    unit = forms.ChoiceField(label=_("Unit"), help_text=_("Who answers for the product, and whose people may see it."))
    field_order = ("name", "unit", "description", "distribution", "criticality", "support_ends_on")

    def __init__(self, *arguments: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.units = {str(unit.pk): unit for unit in units_within(actor, Permission.MANAGE_PRODUCTS).order_by("path")}
        field: Any = self.fields["unit"]
        field.choices = [(key, unit.name) for key, unit in self.units.items()]

    def clean_unit(self) -> Any:
        """The unit that the choice names."""
        return self.units[self.cleaned_data["unit"]]


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
