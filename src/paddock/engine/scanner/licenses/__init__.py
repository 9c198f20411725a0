# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Recognises licence texts, notices and references in files: words → exact → approximate → refine → detections.

`detector.py` tells the story; `build.py` makes the index that all of it reads, from the rule data.
"""
