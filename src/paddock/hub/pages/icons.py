# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The icons: strokes on a grid of 16, drawn for Paddock, put into the page itself so that nothing is loaded."""

PATHS: dict[str, str] = {
    "home": "M2 7.5 8 2.5l6 5M3.5 6.5v7h9v-7M6.5 13.5v-4h3v4",
    "products": "M8 1.8 13.8 5v6L8 14.2 2.2 11V5zM2.2 5 8 8.2 13.8 5M8 8.2v6",
    "packages": "M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z",
    "licenses": "M8 2v12M4.5 14h7M3 4.5h10M3 4.5 1.5 9h3zM13 4.5 11.5 9h3z",
    "policies": "M4 1.8h6l2.5 2.5v10H4zM6.5 7h3.5M6.5 10h3.5M10 1.8v2.5h2.5",
    "vulnerabilities": "M8 1.8 13.5 4v4c0 3-2.2 5.2-5.5 6.3C4.7 13.2 2.5 11 2.5 8V4zM8 5.2v3.3M8 10.8v.1",
    "people": (
        "M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M11 7.5a2 2 0 1 0 0-4"
        "M12 9.8c1.5.5 2.5 1.8 2.5 3.7"
    ),
    "units": "M6 1.8h4v3H6zM1.8 11.2h4v3h-4zM10.2 11.2h4v3h-4zM8 4.8V8M3.8 11.2V8h8.4v3.2",
    "audit": "M8 2a6 6 0 1 1-5.7 4.2M2 2.5v3.7h3.7M8 4.8V8l2.2 1.8",
    "settings": (
        "M2 4.5h7M12.5 4.5H14M2 11.5h1.5M7 11.5h7M10.8 6.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z"
        "M5.2 13.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z"
    ),
    "tokens": "M10 6.8a3 3 0 1 0-2.1 2.1l.9.9h1.5v1.5h1.5v1.7h2v-2z",
    "webhooks": (
        "M8 5.5a2 2 0 1 0-1.7-1M6.3 4.5 4 9.5M4 9.5a2 2 0 1 0 1.8 2.8h5M10.8 12.3a2 2 0 1 0 .7-3M11.5 9.3 9 5.2"
    ),
    "api": "M5.5 4 1.8 8l3.7 4M10.5 4l3.7 4-3.7 4",
    "reports": "M2.5 13.5h11M4.5 11V8M8 11V3M11.5 11V6",
    "search": "M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM10.7 10.7 14 14",
    "menu": "M2 4h12M2 8h12M2 12h12",
    "down": "m4 6 4 4 4-4",
    "up": "m4 10 4-4 4 4",
    "left": "m10 3.5-4.5 4.5 4.5 4.5",
    "right": "m6 3.5 4.5 4.5L6 12.5",
    "check": "m3 8.5 3.2 3.2L13 4.8",
    "cross": "M4 4l8 8M12 4l-8 8",
    "bad": "M5.5 1.8h5l3.7 3.7v5l-3.7 3.7h-5l-3.7-3.7v-5zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4",
    "warn": "M8 2 14.5 13.5h-13zM8 6.2v3.3M8 11.5v.1",
    "good": "M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM5.2 8.2l2 2 3.6-4",
    "info": "M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM8 7.3V11M8 4.9V5",
    "none": "M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM5.2 8h5.6",
    "running": "M14 8a6 6 0 1 1-2-4.5M14 2v3.5h-3.5",
    "waiting": "M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM8 4.8V8l2.2 1.5",
    "upload": "M8 10.5V2.5M4.8 5.5 8 2.3l3.2 3.2M2.5 10v3.5h11V10",
    "download": "M8 2.5v8M4.8 7.5 8 10.7l3.2-3.2M2.5 10.5v3h11v-3",
    "plus": "M8 3v10M3 8h10",
    "edit": "M2.5 13.5 3.2 10.5 10.8 2.9l2.3 2.3-7.6 7.6z",
    "sign-out": "M6.5 2.5h-4v11h4M6.5 8H14M11 5l3 3-3 3",
    "account": "M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 14c.3-2.8 2.5-4.5 5.5-4.5s5.2 1.7 5.5 4.5",
    "external": "M9.5 2.5h4v4M13.5 2.5 7.5 8.5M11.5 9.5v4h-9v-9h4",
    "mark": "M2 13.5V4l4 3 2-4.5L10 7l4-3v9.5zM2 10.5h12",
}
"""Name -> the path's data."""
TONES = ("bad", "warn", "good", "info", "none")
"""Red: must not ship, or overdue. Amber: needs a decision. Green: fine. Blue: action. None: a fact, not judged."""
