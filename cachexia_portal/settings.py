"""Every setting, read from the environment (and from a local `.env`).

`.env.example` says what each variable means. What must not be guessed (the
secret key, plain http on a public host) stops the start with one clear line.
"""

from __future__ import annotations

import os
import re
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.sign_in_settings import ACCOUNT_FORMS as ACCOUNT_FORMS
from cachexia_portal.accounts.sign_in_settings import ACCOUNT_RATE_LIMITS as ACCOUNT_RATE_LIMITS
from cachexia_portal.accounts.sign_in_settings import MFA_FORMS as MFA_FORMS
from cachexia_portal.delivery.log_settings import LOGGING as LOGGING
from cachexia_portal.help.countries import COUNTRIES
from cachexia_portal.limits.rates import read_rates
from cachexia_portal.limits.rules import names as names_of_limits
from cachexia_portal.secret_files import environment_with_secrets

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")
env.ENVIRON = environment_with_secrets(os.environ)


def refuse_start(sentence: str) -> None:
    """Stop before anything is served; one line, no traceback."""
    raise SystemExit(sentence)


# --- What this site is ----------------------------------------------------

SECRET_KEY = env("SECRET_KEY", default="")
if not SECRET_KEY:
    refuse_start("SECRET_KEY is not set. Put a long random value into the environment or into .env.")

SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
if SECRET_KEY in SECRET_KEY_FALLBACKS or "" in SECRET_KEY_FALLBACKS:
    refuse_start(
        "SECRET_KEY_FALLBACKS are the secret keys before this one, separated by commas. One is empty or the same."
    )

DEBUG = env.bool("DJANGO_DEBUG", default=False)
SITE_MODE = env("SITE_MODE", default="live")
if SITE_MODE not in {"live", "demo"}:
    refuse_start(f"SITE_MODE is {SITE_MODE!r}. It is either 'live' or 'demo'.")
IS_DEMO_SITE = SITE_MODE == "demo"
READ_ONLY = env.bool("READ_ONLY", default=False)
# Made above `delivery`, which sends it: named here, so that nothing imports upward.
READ_ONLY_PAGE = "cachexia_portal.help.pages.read_only_page"

SITE_NAME = env("SITE_NAME", default="Alongside")
ORGANISATION = env("ORGANISATION", default="")
POSTAL_ADDRESS = env("POSTAL_ADDRESS", default="")
CONTACT_EMAIL = env("CONTACT_EMAIL", default="")
SECURITY_CONTACT = env("SECURITY_CONTACT", default="")
if SECURITY_CONTACT and not re.fullmatch(r"(https://|mailto:)?[^\s<>]+", SECURITY_CONTACT):
    refuse_start("SECURITY_CONTACT is an address for mail, or an https address of a page.")
SAFEGUARDING_EMAIL = env("SAFEGUARDING_EMAIL", default="")
PRIVACY_EMAIL = env("PRIVACY_EMAIL", default="")
HOME_COUNTRY = env("HOME_COUNTRY", default="US").upper()
if HOME_COUNTRY not in COUNTRIES:
    refuse_start(
        f"HOME_COUNTRY is {HOME_COUNTRY!r}. It is the two-letter code of a country (ISO 3166-1), "
        "such as US, IN or GB; the United Kingdom is GB."
    )

# --- Where it is ----------------------------------------------------------

SITE_URL = env("SITE_URL", default="http://localhost:8000").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in {"http", "https"} or not _site.hostname:
    refuse_start(f"SITE_URL is {SITE_URL!r}. It looks like https://www.example.org")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
IS_LOCAL = _site.hostname in {"localhost", "127.0.0.1", "::1"}
IS_HTTPS = _site.scheme == "https"
if not (IS_HTTPS or IS_LOCAL or env.bool("ALLOW_PLAIN_HTTP", default=False)):
    refuse_start(
        f"SITE_URL is {SITE_URL}: passwords would travel unprotected. "
        "Use https, or set ALLOW_PLAIN_HTTP=1 if you know why not."
    )
ALLOWED_HOSTS = list(LOOPBACK) if IS_LOCAL else [_site.hostname]
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_AGE = int(timedelta(days=60).total_seconds())
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "cachexia_portal.delivery.views.csrf_failure"

# --- Applications ---------------------------------------------------------

INSTALLED_APPS = [
    "cachexia_portal.accounts.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "cachexia_portal.events",
    "cachexia_portal.outbox",
    "cachexia_portal.erasures",
    "cachexia_portal.launch",
    "cachexia_portal.limits",
    "cachexia_portal.screening",
    "cachexia_portal.search",
    "cachexia_portal.help",
    "cachexia_portal.accounts",
    "articles",
    "community",
    "cachexia_portal.pages",
]
MIDDLEWARE = [
    # Headers first, so that every answer has them, however far in it was made.
    "cachexia_portal.delivery.request_log.RequestLogMiddleware",
    "cachexia_portal.delivery.content_policy.ContentPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cachexia_portal.delivery.browser_rules.BrowserRulesMiddleware",
    "cachexia_portal.delivery.browser_rules.SoundRequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "cachexia_portal.delivery.page_kinds.PageKindMiddleware",
    "cachexia_portal.delivery.read_only.ReadOnlyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cachexia_portal.delivery.sign_in_first.SignInFirstMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cachexia_portal.accounts.where_signed_in.OpenSessionMiddleware",
]
ROOT_URLCONF = "cachexia_portal.urls"
WSGI_APPLICATION = "cachexia_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cachexia_portal.delivery.context.portal",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "cachexia_portal.delivery.settled",
                "cachexia_portal.delivery.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data -----------------------------------------------------------------

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "data")))
DATA_DIR.mkdir(parents=True, exist_ok=True)
HELP_PAGES_DIR = DATA_DIR / "help-pages"
SITE_NOTICES_FILE = DATA_DIR / "site-notices.json"
WEB_THREADS = env.int("WEB_THREADS", default=2)

_sqlite = f"sqlite:///{DATA_DIR / 'db.sqlite3'}"
DATABASES = {"default": env.db_url("DATABASE_URL", default=_sqlite)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Deferred transactions lose writes under load; IMMEDIATE waits its turn.
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-8000;",
    }
    # Opening it anew for each request costs more than the queries of a page.
    DATABASES["default"]["CONN_MAX_AGE"] = 60
else:
    DATABASES["default"]["ENGINE"] = "cachexia_portal.delivery.postgresql"
    DATABASES["default"]["OPTIONS"] = {
        "pool": {
            "min_size": 1,
            "max_size": WEB_THREADS,  # one for each thread: nobody waits for somebody else's
            "timeout": 2,  # while the database is gone, threads are needed for what needs none
            "reconnect_timeout": 2,  # then it is tried anew at the next request, and not a minute later
        },
        "prepare_threshold": 5,  # any number allows the plans that `delivery/statements.py` asks for
        "options": "-c plan_cache_mode=force_generic_plan",  # and lets it keep them: planning costs more than reading
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL and urlsplit(REDIS_URL).scheme not in {"redis", "rediss", "unix"}:
    refuse_start("REDIS_URL is no address of a Redis. It looks like redis://:password@host:6379/0")
CACHES = {
    "default": (
        {"BACKEND": "cachexia_portal.limits.cache.RedisOrTableCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        # The table of limits: two web processes without Redis count together.
        else {
            "BACKEND": "cachexia_portal.limits.cache.LimitsCache",
            "LOCATION": "limits_limit",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    )
    | {"KEY_FUNCTION": "cachexia_portal.delivery.digest.cache_key"}
}
# Never in the cache too: a copy that Redis kept while it was gone would undo a sign-out.
SESSION_ENGINE = "cachexia_portal.accounts.recognising"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own

# --- People ---------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Member"
AUTHENTICATION_BACKENDS = ["cachexia_portal.accounts.recognising.MemberBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "display_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "community:my_posts"
LOGOUT_REDIRECT_URL = "pages:home"

ACCOUNT_ADAPTER = "cachexia_portal.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {"length": 6, "numeric": True, "dashed": False}
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"length": 6, "numeric": True, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_ADAPTER = "cachexia_portal.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
# Browsers and the library take passkeys over https, and over http on localhost only: nothing is loosened.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # half a minute more, for slow hands and slow clocks

# --- Words, time, files ---------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env("SITE_TIME_ZONE", default="UTC")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static_root"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = DATA_DIR / "media"
# Where a proxy finds the same folder, as an internal address of its own.
ACCEL_MEDIA_PREFIX = env("ACCEL_MEDIA_PREFIX", default="").rstrip("/")
MICRO_CACHE = env.bool("MICRO_CACHE", default=True)
# Where `delivery/purging.py` tells the proxy what to forget.
PROXY_PURGE_DIR = env("PROXY_PURGE_DIR", default="")
LARGEST_BODY = 8 * 1024 * 1024  # of a request; larger ones are refused unread
DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_BODY
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a guide with a long list of references is one form
LEAST_FREE_DISK = 200 * 1024 * 1024  # below this the site says that it is not well
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "cachexia_portal.delivery.static_files.JoinedManifestStorage"
    },
}

# --- Before people may write ----------------------------------------------

# Each says whether one thing is true; a live site opens its doors when all are. Their order is their number.
LAUNCH_CHECKS = [
    "cachexia_portal.launch.addresses.are_set",
    "cachexia_portal.accounts.launch_people.has_moderators",
    "cachexia_portal.accounts.launch_people.has_a_clinician",
    "community.launch_hours.are_entered",
    "cachexia_portal.pages.launch_lines.are_checked",
    "cachexia_portal.pages.launch_words.house_rules_are_approved",
    "cachexia_portal.pages.launch_words.privacy_page_is_approved",
    "cachexia_portal.pages.launch_trials.test_mail_arrived",
    "cachexia_portal.pages.launch_trials.backup_was_restored",
    "cachexia_portal.pages.launch_trials.heartbeat_is_fresh",
]

# Which pages besides the help page a medical reviewer reads before they say that they are checked.
HEALTH_PAGES = "cachexia_portal.pages.fixed_pages.with_health_words"

# --- Backups --------------------------------------------------------------

BACKUP_DAYS = env.int("BACKUP_DAYS", default=30)
# In DATA_DIR only so that a site can be tried out: `check --deploy` asks for another disk.
ERASURE_LOG = Path(env("ERASURE_LOG", default=str(DATA_DIR / "erasures.log")))
ERASURE_LOG_DAYS = env.int("ERASURE_LOG_DAYS", default=60)
if ERASURE_LOG_DAYS <= BACKUP_DAYS:
    refuse_start(
        f"ERASURE_LOG_DAYS is {ERASURE_LOG_DAYS} and BACKUP_DAYS is {BACKUP_DAYS}. "
        "The log of erasures has to be kept longer than any backup."
    )

# --- Rights ---------------------------------------------------------------

QUOTE_WORDS = env.int("QUOTE_WORDS", default=25)
QUOTE_WORDS_PER_SOURCE = env.int("QUOTE_WORDS_PER_SOURCE", default=75)

# --- Questions ------------------------------------------------------------

OLD_QUESTION_MONTHS = env.int("OLD_QUESTION_MONTHS", default=18)

# --- Limits ---------------------------------------------------------------

try:
    RATE_LIMITS = read_rates(env("RATE_LIMITS", default=""), names_of_limits())
except ValueError as wrong:
    refuse_start(str(wrong))

# --- Browser rules --------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
}
X_FRAME_OPTIONS = "DENY"

# --- Mail and logs --------------------------------------------------------

EMAIL_URL = env.email_url("EMAIL_URL", default="consolemail://")
globals().update(EMAIL_URL)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"{SITE_NAME} <no-reply@{_site.hostname}>")
SERVER_EMAIL = parseaddr(DEFAULT_FROM_EMAIL)[1]
EMAIL_SUBJECT_PREFIX = ""  # what is mailed to the administrators begins with the name of the site itself
ADMINS = [(address, address) for address in env.list("ADMIN_EMAILS", default=[])]
OUTBOX_DOMAIN = _site.hostname
# Asked above `outbox`, which sends: named here, so that nothing imports upward.
MAIL_IS_WANTED = "cachexia_portal.accounts.mail_choices.is_wanted_at"
MAIL_PROVIDER = env("MAIL_PROVIDER", default="")
if MAIL_PROVIDER not in {"", "brevo", "mailgun", "postmark"}:
    refuse_start(f"MAIL_PROVIDER is {MAIL_PROVIDER!r}. It is brevo, mailgun, postmark, or empty.")
MAIL_HOOK_SECRET = env("MAIL_HOOK_SECRET", default="")
