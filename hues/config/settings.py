"""Django's settings, composed from the environment."""

from urllib.parse import parse_qs, unquote, urlsplit

from django.utils.csp import CSP

from hues.config import env, postgres

HUES = env.read()
ROOT = env.ROOT
SECRET_KEY = HUES.secret_key
DEBUG = False
HTTPS = HUES.origin.startswith("https://")
ALLOWED_HOSTS = list(HUES.hosts)
CSRF_TRUSTED_ORIGINS = [HUES.origin]
ROOT_URLCONF = "hues.config.urls"
WSGI_APPLICATION = "hues.config.wsgi.application"
SITE_ID = None

KERNEL = ["journal", "people", "agencies", "areas", "media", "consent", "delivery", "letters"]
KERNEL += ["clocks", "visits", "published"]
FLOORS = {"kernel": KERNEL, "engines": [], "surfaces": [], "functions": []}
for _floor in ("engines", "surfaces", "functions"):
    FLOORS[_floor] = sorted(p.parent.name for p in (ROOT / "hues" / _floor).glob("*/apps.py"))
FLOORS["kernel"] = [room for room in KERNEL if (ROOT / "hues" / "kernel" / room / "apps.py").exists()]

INSTALLED_APPS = [
    *(f"hues.{floor}.{room}" for floor in ("kernel", "engines", "surfaces", "functions") for room in FLOORS[floor]),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "hues.surfaces.shell.middleware.HeadersMiddleware",
    "hues.surfaces.shell.middleware.PackingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hues.surfaces.shell.middleware.AskerMiddleware",
    "hues.surfaces.shell.writers.WriterMiddleware",
    "hues.surfaces.shell.middleware.RefusalMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "hues.surfaces.shell.context.shell",
            ],
        },
    }
]


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "hues.kernel.database",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", [unquote(parts.hostname or "")])[0],
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Only what hues.kernel.statements asks is prepared: Django's own cursors never are.
        "OPTIONS": {**{key: values[0] for key, values in query.items()}, "prepare_threshold": 0},
        "TEST": {"NAME": f"test_{parts.path.lstrip('/')}"},
    }


DATABASE_URL = HUES.database_url or postgres.url(HUES.home)
DATABASES = {"default": _database(DATABASE_URL)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "hues_cache",
        # Beyond it rows are culled at random, and a culled row is a rate limit forgotten.
        "OPTIONS": {"MAX_ENTRIES": 500_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
# The second one is of those who signed in before there was the first.
AUTHENTICATION_BACKENDS = [
    "hues.surfaces.shell.sessions.Backend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ACCOUNT_ADAPTER = "hues.surfaces.shell.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 60 * 10
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
ACCOUNT_LOGIN_TIMEOUT = 60 * 30
# Whole provinces share one address of their mobile network: limits by address only stop floods.
ACCOUNT_RATE_LIMITS = {
    # Of a number, by whoever has not signed in with it in this browser: with five guesses a code, a hundred a day.
    "request_login_code": "120/m/ip,5/m/key,20/d/key",
    # Of a browser that has, and of all of those of a number together: nothing that strangers do counts here.
    "request_known_code": "5/m/key,20/d/key",
    "request_known_codes": "60/d/key",
    # By sign-in; a wrong one counts against the address too, and beyond it ends the sign-in that it was of.
    "guess_login_code": "5/h/key",
    "wrong_login_code": "300/m/ip",
    # Once more before a deed of weight, counted by session: nine guesses, and at the tenth the session is over.
    "request_proof": "5/m/key,20/h/key",
    "guess_proof": "9/d/key",
    "agency_pass": "300/m/ip,30/m/key",
    # Browsers without an account that are new to us: a whole network may come in a storm. Those of push services that
    # nobody knows come in small numbers, by address and by the site that they name.
    "push": "1200/m/ip",
    "push_elsewhere": "60/m/ip,240/h/key",
    "push_away": "600/m/ip,20/h/key",
    "push_opened": "6000/m/ip,60/h/key",
    # Calls for rescue that there are not, by network: a code is all it takes to say that everybody is safe.
    "rescue_code": "60/m/key,600/h/key",
    # What looks like the code that joins a Zalo account, by that account; all of it comes from Zalo's own addresses.
    "join_zalo": "5/h/key,15/d/key",
}
# The proxy that ends TLS names whom it speaks for; on its own address the whole city would share one limit.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "hues.surfaces.shell.second_factor.MFAAdapter"
MFA_FORMS = {
    "authenticate": "hues.surfaces.shell.second_factor.SecondCode",
    "reauthenticate": "hues.surfaces.shell.second_factor.CodeAgain",
    "activate_totp": "hues.surfaces.shell.second_factor.FirstCode",
}
# A phone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"

# Browsers keep the cookies of a host whatever the port: two cities on one host must not end each other's sessions.
COOKIES = "_".join(["hues", *([str(HUES.cookie_port)] if HUES.cookie_port else [])])
SESSION_COOKIE_NAME, LANGUAGE_COOKIE_NAME = f"{COOKIES}_session", f"{COOKIES}_language"
KNOWN_COOKIE_NAME = f"{COOKIES}_known"  # of browsers that have signed in
SESSION_ENGINE = "hues.surfaces.shell.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = f"{COOKIES}_csrf"
CSRF_FAILURE_VIEW = "hues.surfaces.shell.views.no_token"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
TILES = ["{0.scheme}://{0.netloc}".format(urlsplit(HUES.tiles_url))] if HUES.tiles_url else []
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:", *TILES],
    "media-src": [CSP.SELF, "blob:"],
    "connect-src": [CSP.SELF, *TILES],
    "font-src": [CSP.SELF],
    "worker-src": [CSP.SELF, "blob:"],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = HUES.static_root
STORAGES = {
    "default": {"BACKEND": "hues.kernel.media.storage.DurableFolder", "OPTIONS": {"location": HUES.home / "media"}},
    "staticfiles": {"BACKEND": "hues.surfaces.shell.assets.Storage"},
}
if HUES.storage_url.startswith("s3://"):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": urlsplit(HUES.storage_url).netloc,
            "location": urlsplit(HUES.storage_url).path.strip("/"),
        },
    }
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"discreet": {"()": "hues.config.logs.Discreet"}, "brief": {"()": "hues.config.logs.Brief"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["discreet"]}},
    "loggers": {"django.security.DisallowedHost": {"filters": ["brief"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
