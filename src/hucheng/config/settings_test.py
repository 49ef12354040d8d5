"""Settings of the tests: the same house in a throw-away home, with a quick password hasher.

The tables come from the models at once, the guards from the fixture of the database (core/audit/testing.py).
"""

import os
import tempfile

os.environ.setdefault("HUCHENG_HOME", tempfile.mkdtemp(prefix="hucheng-test-"))

from hucheng.config.settings import *  # noqa: E402, F403
from hucheng.config.settings import DATABASES, STATIC_ROOT, env  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
if env("HUCHENG_TEST_ON_PG", default=""):
    DATABASES["default"] = env.db("HUCHENG_TEST_PG") | {"CONN_MAX_AGE": 0}
elif DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In memory all threads share one cache, and a page that reads beside a writer would be refused; a file waits.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA read_uncommitted=ON;"
DATABASES["default"]["TEST"] = {"MIGRATE": False}
