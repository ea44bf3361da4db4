"""One file of settings for demo and production, driven by the environment; README lists the variables."""

import sys
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ngo import country_names, environment, limits, postgres
from ngo.demo.accounts import ACCOUNTS, DemoPassphrases

BASE_DIR = Path(__file__).resolve().parent.parent
MODE = environment.one_of("SAFE_CONDUCT_MODE", "demo", "production")
DEMO = MODE == "demo"
PRODUCTION = MODE == "production"

VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()
RUNTIME_DIR = environment.runtime_folder(VAR_DIR)
PEPPER_FILE = Path(environment.text("PEPPER_FILE", str(VAR_DIR / "pepper")))
ORGANISATION_KEY_FILE = Path(environment.text("ORGANISATION_KEY_FILE", str(VAR_DIR / "organisation.pub")))

# Backups open with private keys that are kept elsewhere; here are only their public halves.
BACKUP_RECIPIENTS = environment.recipients("BACKUP_RECIPIENTS")
BACKUP_DIR = Path(environment.text("BACKUP_DIR", str(VAR_DIR / "backups"))).resolve()
BACKUP_DAYS = environment.number("BACKUP_DAYS", 30, least=1)
# After so many days without a drill that went well, the desk of who answers for it says so.
PROVEN_DAYS = environment.number("PROVEN_DAYS", 31, least=1)
ERASURE_LEDGER = BACKUP_DIR / "erasures.log"

DEBUG = environment.flag("DEBUG", default=False)
# Without one production starts no server, but can still say all that is missing.
SECRET_KEY = environment.text(
    "SECRET_KEY", "demo-only-secret-key-that-production-refuses" if DEMO else "missing"
)
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEMO else "")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")
SECOND_FACTOR_REQUIRED = environment.flag("SECOND_FACTOR_REQUIRED", default=PRODUCTION)

INSTALLED_APPS = [
    "ngo",
    "cases.desk",
    "cases.relocation",
    "cases.asylum",
    "cases.journeys",
    "cases.vetting",
    "cases.letters",
    "cases.needs",
    "cases.transfers",
    "cases.alarms",
    "cases.retention",
    "cases.own_data",
    "cases.documents",
    "cases.disclosures",
    "cases.applicants",
    "cases.vault",
    "cases.staff",
    "cases.audit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.admin",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_countries",
    "django_filters",
    "django_htmx",
    "guardian",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "ngo.headers.PrivateHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cases.staff.middleware.KnownBrowser",
    "cases.staff.middleware.LoginRequired",
    "cases.staff.middleware.OwnLanguage",
    "cases.staff.middleware.SecondFactor",
    "cases.vault.middleware.ForgetUploads",
    "cases.applicants.middleware.GoneMeanwhile",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "ngo.urls"
WSGI_APPLICATION = "ngo.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "ngo.look",
                "crispy_forms.templatetags.crispy_forms_tags",
                "django.templatetags.i18n",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cases.staff.context.frame",
                "cases.vault.context.lock",
                "cases.applicants.context.interview",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# `owner` migrates, `app` serves; without addresses both lead to the embedded server that `make run` keeps.
DATABASES = {
    alias: environment.database(variable, postgres.address(VAR_DIR / "postgres", role=role))
    | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    for alias, variable, role in (
        ("default", "DATABASE_URL", "app"),
        ("owner", "DATABASE_OWNER_URL", "owner"),
    )
}
DATABASES["owner"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["TEST"] = {"MIRROR": "owner"}
DATABASE_ROUTERS = ["ngo.routers.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = ["cases.staff.backends.Door"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
GUARDIAN_GET_INIT_ANONYMOUS_USER = None
ANONYMOUS_USER_NAME = None

ACCOUNT_ADAPTER = "cases.staff.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "cases.staff.forms.login.LoginForm",
    "reauthenticate": "cases.staff.forms.login.PasswordAgainForm",
    "change_password": "cases.staff.forms.login.ChangePasswordForm",
    "set_password": "cases.staff.forms.login.SetPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
MFA_ADAPTER = "cases.staff.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "cases.staff.forms.login.FactorForm",
    "reauthenticate": "cases.staff.forms.login.FactorAgainForm",
    "activate_totp": "cases.staff.forms.login.AppForm",
    "add_webauthn": "cases.staff.forms.login.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Safe Conduct"
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES", 0, least=0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# The table holds neither what is in a session nor the key that its cookie carries.
SESSION_ENGINE = "cases.staff.sessions"
SESSION_SERIALIZER = "cases.staff.secret_box.SessionSerializer"
# Login ends after 30 idle minutes (each request renews it) and after ten hours whatever happens.
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# They name colleagues and cases: a cookie would keep them, readable, for the next person at the computer.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGIN_ABSOLUTE_SECONDS = 10 * 60 * 60
# A telephone in the field may be taken at any moment.
FIELD_IDLE_SECONDS, FIELD_ABSOLUTE_SECONDS = 5 * 60, 60 * 60
HTTPS = environment.flag("HTTPS", default=PRODUCTION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = ["^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_FAILURE_VIEW = "ngo.failures.csrf"
SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # frames of our own origin are needed: an expired login opens over the form
    "guardian.W001",  # permissions are read from their rows by queries of our own, never through a backend
]

VAULT, VETTING, SCREENING = limits.VAULT, limits.VETTING, limits.SCREENING

DEMO_ACCOUNTS = ACCOUNTS if DEMO else ()
DEMO_PASSPHRASES = DemoPassphrases(VAR_DIR / "demo-passphrases.json")

# An upload is held in memory and never touches a temporary folder.
FILE_UPLOAD_HANDLERS = ["ngo.uploads.MemoryOnly"]
UPLOAD_LIMIT = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

FORMAT_MODULE_PATH = ["ngo.formats"]
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("ru", _("Russian"))]
LOCALE_PATHS = [BASE_DIR / "ngo" / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Strict"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
COUNTRIES_FIRST = ["KZ", "AM", "GE", "KG", "RS", "TR", "FR", "DE"]
COUNTRIES_FIRST_REPEAT = True
COUNTRIES_OVERRIDE = country_names.CORRECTED

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "ngo" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    # Sealed chunks only; any other Django storage will do, for it never sees anything that can be read.
    "sealed": {"BACKEND": "cases.vault.files.storage.Folder"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 365 * 24 * 3600

# Where the links of mails lead.
SITE_URL = environment.site("SITE_URL", ALLOWED_HOSTS, secure=HTTPS)
# A mail server that does not answer holds up the other mails no longer than this.
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend" if DEMO else "ngo.failures.NoMail"
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM", "safe-conduct@localhost")
if environment.text("MAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = environment.text("MAIL_HOST")
    EMAIL_PORT = environment.number("MAIL_PORT", 587, least=1)
    EMAIL_HOST_USER = environment.text("MAIL_USER")
    EMAIL_HOST_PASSWORD = environment.text("MAIL_PASSWORD")
    EMAIL_USE_TLS = True

DEFAULT_EXCEPTION_REPORTER = "ngo.failures.FramesOnly"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"frames": {"()": "ngo.failures.FramesOnlyFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "frames", "stream": sys.stderr}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
