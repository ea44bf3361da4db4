"""The settings of the program, with the limits it is measured against as pages of the same server."""

from ngo.settings import *  # noqa: F403
from ngo.settings import MIDDLEWARE, VAULT

ROOT_URLCONF = "tests.bench.urls"
MIDDLEWARE = [*MIDDLEWARE, "tests.bench.limits.Counted"]
# Filling a million cases takes longer than anybody may be idle.
SESSION_COOKIE_AGE = 10 * 60 * 60
VAULT = VAULT | {"unlock_idle": SESSION_COOKIE_AGE, "unlock_absolute": SESSION_COOKIE_AGE}
