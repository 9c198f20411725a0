# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Addresses of this room. Those of signing in are allauth's, see config/urls.py."""

from django.urls import path

from paddock.hub.accounts.views import changing_organisation, organisation, own, people, roles

urlpatterns = [
    path("organisation/", organisation.tree, name="units"),
    path("organisation/units/offers", organisation.unit_offers, name="unit-offers"),
    path("organisation/units/<uuid:unit_id>/", organisation.unit_people, name="unit"),
    path("organisation/units/<uuid:unit_id>/branch", organisation.branch, name="unit-branch"),
    path("organisation/units/<uuid:unit_id>/roles/", organisation.unit_roles, name="unit-roles"),
    path("organisation/units/<uuid:unit_id>/below/", organisation.unit_below, name="unit-below"),
    path("organisation/units/<uuid:unit_id>/activity/", organisation.unit_activity, name="unit-activity"),
    path("organisation/units/<uuid:unit_id>/new/", changing_organisation.new_unit, name="unit-new"),
    path("organisation/units/<uuid:unit_id>/change/", changing_organisation.change_unit, name="unit-change"),
    path("organisation/units/<uuid:unit_id>/move/", changing_organisation.move_unit, name="unit-move"),
    path("organisation/units/<uuid:unit_id>/give/", roles.give_in_unit, name="unit-give"),
    path("organisation/entities/", organisation.entities, name="entities"),
    path("organisation/entities/new/", changing_organisation.new_entity, name="entity-new"),
    path("organisation/entities/<uuid:entity_id>/", changing_organisation.change_entity, name="entity-change"),
    path("organisation/groups/", changing_organisation.groups, name="groups"),
    path("organisation/groups/new/", changing_organisation.new_group, name="group-new"),
    path("organisation/groups/<uuid:mapping_id>/end/", changing_organisation.end_group, name="group-end"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/offers", people.person_offers, name="person-offers"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("people/<uuid:person_id>/activity/", people.person_activity, name="person-activity"),
    path("people/<uuid:person_id>/change/", people.change_person, name="person-change"),
    path("people/<uuid:person_id>/join/", people.join, name="person-join"),
    path("people/<uuid:person_id>/give/", roles.give_to_person, name="person-give"),
    path("people/<uuid:person_id>/link/", people.new_link, name="person-link"),
    path("people/<uuid:person_id>/lock/", people.lock, name="person-lock"),
    path("people/<uuid:person_id>/unlock/", people.unlock, name="person-unlock"),
    path("people/memberships/<uuid:membership_id>/end/", people.end_membership, name="membership-end"),
    path("people/roles/<uuid:grant_id>/end/", roles.end_role, name="role-end"),
    path("people/roles/<uuid:grant_id>/deputy/", roles.appoint_deputy, name="role-deputy"),
    path("settings/", own.settings, name="own-settings"),
    path("settings/security/", own.security, name="own-security"),
    path("settings/tokens/", own.tokens, name="own-tokens"),
    path("settings/tokens/new/", own.new_token, name="token-new"),
    path("settings/tokens/<uuid:token_id>/revoke/", own.revoke_token, name="token-revoke"),
]
