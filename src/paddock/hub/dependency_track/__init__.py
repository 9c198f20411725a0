# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The REST interface, version 1, of Dependency-Track, as its clients call it: build plug-ins work unchanged.

A project of theirs is a release of ours: its name is the product's, its version the release's.
"""
