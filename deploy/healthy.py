"""Is it well? Ends with 0 or 1, for the health checks of containers.

python deploy/healthy.py URL          answers with 200
python deploy/healthy.py URL FACT     says in its JSON that this fact is true, whatever else is wrong
"""

from __future__ import annotations

import http.client
import json
import os
import sys
from urllib.parse import urlsplit


def is_well(url: str, fact: str = "") -> bool:
    """Asked under the name of the site, the only one that it answers to."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.netloc, timeout=4)
    name = urlsplit(os.environ.get("SITE_URL", "http://localhost")).netloc
    connection.request("GET", address.path, headers={"Host": name})
    answer = connection.getresponse()
    body = answer.read()
    return json.loads(body)[fact] is True if fact else answer.status == 200


if __name__ == "__main__":
    try:
        sys.exit(0 if is_well(*sys.argv[1:]) else 1)
    except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError):
        sys.exit(1)
