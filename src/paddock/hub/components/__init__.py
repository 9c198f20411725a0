# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Packages and components by purl, documents as they came, and inventories: who contains what."""
