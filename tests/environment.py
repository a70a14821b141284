"""The environment of the tests, set before Django reads its settings."""

import os
import tempfile

os.environ.update(
    SECRET_KEY="tests-only-" + "x" * 40,
    SITE_URL="http://localhost:8000",
    DATA_DIR=os.environ.get("TEST_DATA_DIR") or tempfile.mkdtemp(prefix="portal-tests-"),
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL", ""),
    EMAIL_URL="memorymail://",
    WEB_THREADS="8",  # tests of races hold several connections at once
    ADMIN_EMAILS="operator@example.org",
    CONTACT_EMAIL="contact@example.org",
    SAFEGUARDING_EMAIL="safe@example.org",
    PRIVACY_EMAIL="privacy@example.org",
)
os.environ.setdefault("SITE_MODE", "live")
os.environ["READ_ONLY"] = "0"
if not os.environ["DATABASE_URL"]:
    del os.environ["DATABASE_URL"]
