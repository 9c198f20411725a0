# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From a source tree to an inventory, by reading manifests, lock files and installed metadata.

Nothing of the scanned tree is ever executed, and nothing is fetched.
"""
