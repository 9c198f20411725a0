# SPDX-FileCopyrightText: Paddock contributors
# SPDX-License-Identifier: Apache-2.0
"""Django's settings. What differs between installations comes from `environment.py`; nothing here reads a variable
itself."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from paddock.hub.config.database import database
from paddock.hub.config.environment import environment, secret_key
from paddock.hub.config.logs import logging_settings
from paddock.hub.config.mail import mail
from paddock.hub.config.sign_in import sign_in_origins, social_providers
from paddock.hub.config.static_files import fingerprint

ENVIRONMENT = environment()
HUB = Path(__file__).resolve().parents[1]

DEBUG = ENVIRONMENT.debug
SECRET_KEY = secret_key(ENVIRONMENT)
SECRET_KEY_FALLBACKS = list(ENVIRONMENT.secret_key_fallbacks)
ALLOWED_HOSTS = [*ENVIRONMENT.allowed_hosts, "127.0.0.1", "localhost", "[::1]"]
BASE_URL = ENVIRONMENT.base_url.rstrip("/")
COMPANY = ENVIRONMENT.company

INSTALLED_APPS = [
    "paddock.hub.portal",
    "paddock.hub.dependency_track",
    "paddock.hub.webhooks",
    "paddock.hub.observability",
    "paddock.hub.documents",
    "paddock.hub.dry_runs",
    "paddock.hub.scans",
    "paddock.hub.products",
    "paddock.hub.policies",
    "paddock.hub.components",
    "paddock.hub.audit",
    "paddock.hub.outbox",
    "paddock.hub.pages",
    "paddock.hub.accounts",
    "paddock.hub.api",
    "paddock.hub.core",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "ninja",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "paddock.hub.portal.middleware.request_context",
    "paddock.hub.observability.middleware.measured",
    "paddock.hub.api.middleware.problems",
    "paddock.hub.api.middleware.bounded",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "paddock.hub.portal.middleware.acting",
    "paddock.hub.portal.middleware.Errors",
]

ROOT_URLCONF = "paddock.hub.config.urls"
WSGI_APPLICATION = "paddock.hub.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "paddock.hub.portal.context.frame",
            ],
        },
    }
]

DATABASES = {"default": database(ENVIRONMENT.database_url)}
# Failed attempts to sign in are counted for the whole hub; requests of the API by each process, which costs no query.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
OUTBOX_WIRING = "paddock.hub.config.wiring.WIRING"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "paddock.hub.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "paddock.hub.accounts.adapters.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = bool(ENVIRONMENT.email_url)
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "login": "60/m/ip"}
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = social_providers(ENVIRONMENT.sign_in)
SIGN_IN_ORIGINS = sign_in_origins(SOCIALACCOUNT_PROVIDERS)
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.secure
MFA_TOTP_ISSUER = "Paddock"

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.secure
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENVIRONMENT.secure else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.secure else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *SIGN_IN_ORIGINS],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = ENVIRONMENT.max_upload * 3 // 2
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
MAX_UPLOAD = ENVIRONMENT.max_upload
ADVISORY_DATABASE = ENVIRONMENT.advisories
ALLOWED_GIT_HOSTS = ENVIRONMENT.allowed_git_hosts
PRIVATE_GIT_HOSTS = ENVIRONMENT.private_git_hosts
API_RATE = ENVIRONMENT.api_rate
API_REFUSALS = 60
WEBHOOKS_ALLOW_PRIVATE = ENVIRONMENT.webhooks_allow_private
WEBHOOKS_SENDER = ""
FOUR_EYES = ENVIRONMENT.four_eyes

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LOCALE_PATHS = [HUB / "locale"]
TIME_ZONE = ENVIRONMENT.time_zone
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["paddock.hub.config.formats"]

STATIC_URL = "static/" if DEBUG else f"static/{fingerprint(HUB)}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/[0-9a-f]{12}/"
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"}}

MAIL = mail(ENVIRONMENT.email_url)
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = MAIL.backend, MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = MAIL.starttls, MAIL.tls, 10
DEFAULT_FROM_EMAIL = ENVIRONMENT.email_sender
LOGGING_CONFIG = None
LOGGING = logging_settings(debug=DEBUG)
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
