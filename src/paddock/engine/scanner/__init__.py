# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""From file contents to licence and copyright findings, and to what each component is licensed under.

`detect.py` looks into one file through a list of detectors; a new way of recognising licences is one more detector.
"""
