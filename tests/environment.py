"""The environment of the tests, set before Django reads its settings."""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

from cachexia_portal.secret_files import NAMES

EXAMPLE = Path(__file__).parent.parent / ".env.example"
GIVEN = os.environ.get("TEST_DATABASE_URL") or os.environ.get("DATABASE_URL", "")
FOLDER = os.environ.get("TEST_DATA_DIR", "")
if not FOLDER:
    FOLDER = tempfile.mkdtemp(prefix="portal-tests-")
    atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

# An empty setting is not set: neither a local .env nor the shell decides what the tests see.
written = re.findall(r"^([A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE)
for name in [*written, *(f"{secret}_FILE" for secret in NAMES)]:
    if name != "SEED_DOCUMENTS":
        os.environ[name] = ""

os.environ.update(
    SECRET_KEY="tests-only-" + "x" * 40,
    SITE_URL="http://localhost:8000",
    DATA_DIR=FOLDER,
    # Only a database that was named for this run, never the one of a local .env.
    DATABASE_URL=GIVEN or f"sqlite:///{FOLDER}/db.sqlite3",
    EMAIL_URL="memorymail://",
    WEB_THREADS="8",  # tests of races hold several connections at once
    ADMIN_EMAILS="operator@example.org",
    CONTACT_EMAIL="contact@example.org",
    SAFEGUARDING_EMAIL="safe@example.org",
    PRIVACY_EMAIL="privacy@example.org",
)
