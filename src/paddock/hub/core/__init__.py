# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""What every room of the hub stands on: the base model, the actor, the clock, the base of all errors. Small and
closed."""
