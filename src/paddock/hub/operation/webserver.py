# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""The web server: gunicorn with threads, configured here and nowhere else."""

import os
import tempfile
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from paddock.hub.config.environment import Environment


class WebServer(BaseApplication):
    """gunicorn serving the hub; it loads the application once and shares it with its processes."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        # Where the server's processes put their figures together; read by prometheus_client when it is first loaded.
        self.figures = tempfile.TemporaryDirectory(prefix="paddock-figures-")
        os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", self.figures.name)
        super().__init__()

    def load_config(self) -> None:
        """Our environment in gunicorn's words."""
        settings: dict[str, Any] = {
            "bind": self.environment.listen,
            "workers": self.environment.web_processes,
            "threads": self.environment.web_threads,
            "worker_class": "gthread",
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": 20,
            "keepalive": 15,
            "loglevel": "warning",
            "worker_tmp_dir": None,
            "limit_request_line": 8190,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, with the database connections of the loading process closed."""
        application = get_wsgi_application()
        connections.close_all()
        return application
