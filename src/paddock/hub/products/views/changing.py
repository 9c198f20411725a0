# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Making and changing products and releases."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from paddock.hub.accounts.types import Permission
from paddock.hub.core.clock import now
from paddock.hub.core.errors import Invalid, NotAllowed
from paddock.hub.core.request import HubRequest
from paddock.hub.products.forms import MoveForm, NewProductForm, ProductForm, ReleaseForm, RepositoryForm, filled_with
from paddock.hub.products.models import Product
from paddock.hub.products.queries import product_by_id, release_by_id, repository_of
from paddock.hub.products.services import (
    add_repository,
    archive_product,
    change_release_state,
    create_product,
    create_release,
    move_product,
    remove_repository,
    update_product,
)
from paddock.hub.products.types import ReleaseState, the_product


@login_required
@require_http_methods(["GET", "POST"])
def new_product(request: HubRequest) -> HttpResponse:
    """The form of a new product."""
    if not request.actor.may_somewhere(Permission.MANAGE_PRODUCTS):
        raise NotAllowed(_("Creating products needs the role of a product owner or a coordinator in a unit."))
    form = NewProductForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_product(actor=request.actor, now=now(), **form.product)
        except Invalid as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("%(name)s was created. Next: its first release.") % {"name": made.name})
            return redirect("product", made.pk)
    return shown(request, form, _("New product"), _("Create product"), reverse("products"))


@login_required
@require_http_methods(["GET", "POST"])
def edit_product(request: HubRequest, product_id: UUID) -> HttpResponse:
    """The form that changes a product."""
    product = manageable(request, product_id)
    form = ProductForm(request.POST or None, initial=filled_with(product), actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            update_product(actor=request.actor, product=product, now=now(), changes=form.product)
        except Invalid as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect("product", product.pk)
    back = reverse("product", args=[product.pk])
    return shown(request, form, _("Edit %(name)s") % {"name": product.name}, _("Save"), back, product=product)


@login_required
@require_http_methods(["GET", "POST"])
def new_release(request: HubRequest, product_id: UUID) -> HttpResponse:
    """The form of a new release of a product."""
    product = manageable(request, product_id)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_release(actor=request.actor, product=product, now=now(), **form.cleaned_data)
        except Invalid as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The release was created. Next: say what it contains."))
            return redirect("release", made.pk)
    title = _("New release of %(name)s") % {"name": product.name}
    return shown(request, form, title, _("Create release"), reverse("product", args=[product.pk]), product=product)


@login_required
@require_http_methods(["GET", "POST"])
def move(request: HubRequest, product_id: UUID) -> HttpResponse:
    """The form that gives a product to another unit."""
    product = manageable(request, product_id)
    form = MoveForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            moved = move_product(actor=request.actor, product=product, now=now(), **form.cleaned_data)
        except (Invalid, NotAllowed) as error:
            form.add_error(None, error.message)
        else:
            told = _("%(unit)s answers for %(name)s now. Its releases are decided about anew.")
            messages.success(request, told % {"unit": moved.unit.name, "name": moved.name})
            return redirect("product", product.pk)
    title = _("Give %(name)s to another unit") % {"name": product.name}
    note = _("The people of %(unit)s no longer see it, those of the other unit do. The rules of the other unit hold.")
    back = reverse("product", args=[product.pk])
    return shown(request, form, title, _("Move"), back, product=product, note=note % {"unit": product.unit.name})


@login_required
@require_http_methods(["GET", "POST"])
def new_repository(request: HubRequest, product_id: UUID) -> HttpResponse:
    """The form that says where the source of a product lies."""
    product = manageable(request, product_id)
    form = RepositoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_repository(actor=request.actor, product=product, now=now(), **form.cleaned_data)
        except Invalid as error:
            form.add_error("url", error.message)
        else:
            messages.success(request, _("The repository was added. It can be scanned from the page of a release."))
            return redirect("product", product.pk)
    title = _("Add a repository of %(name)s") % {"name": product.name}
    return shown(request, form, title, _("Add"), reverse("product", args=[product.pk]), product=product)


@login_required
@require_POST
def drop_repository(request: HubRequest, product_id: UUID, repository_id: UUID) -> HttpResponse:
    """The source lies there no longer."""
    repository = repository_of(product_by_id(request.actor, product_id), repository_id)
    remove_repository(actor=request.actor, repository=repository, now=now())
    messages.success(request, _("The repository was removed. What was scanned from there stays."))
    return redirect("product", product_id)


@login_required
@require_POST
def archive(request: HubRequest, product_id: UUID) -> HttpResponse:
    """Take a product out of lists, or back into them."""
    product = product_by_id(request.actor, product_id)
    back = request.POST.get("back") == "1"
    archive_product(actor=request.actor, product=product, now=now(), back=back)
    told = _("%(name)s is in use again.") if back else _("%(name)s was archived. Nothing of it is lost.")
    messages.success(request, told % {"name": product.name})
    return redirect("product", product.pk)


@login_required
@require_POST
def move_release(request: HubRequest, release_id: UUID) -> HttpResponse:
    """Move a release on in its life."""
    release = release_by_id(request.actor, release_id)
    to = request.POST.get("state", "")
    if to not in ReleaseState.values:
        raise Invalid(_("There is no such state."), errors=("state",))
    change_release_state(actor=request.actor, release=release, to=ReleaseState(to), now=now())
    messages.success(request, _("The release is now: %(state)s.") % {"state": ReleaseState(to).label})
    return redirect("release", release.pk)


def manageable(request: HubRequest, product_id: UUID) -> Product:
    """The product, when the person may manage it; no form is shown whose result would be refused."""
    product = product_by_id(request.actor, product_id)
    request.actor.require(
        Permission.MANAGE_PRODUCTS, product.unit.path, see=Permission.SEE_PRODUCTS, what=the_product(product.name)
    )
    return product


def shown(
    request: HttpRequest, form: forms.Form, heading: str, submit: str, cancel: str, **more: Any
) -> HttpResponse:  # fmt: skip
    """The page of a form; 422 when it was sent and something in it is wrong."""
    context = {"form": form, "heading": heading, "submit": submit, "cancel": cancel, **more}
    return render(request, "products/form.html", context, status=422 if form.errors else 200)
