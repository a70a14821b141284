"""What members agree to, and which wording of it is in force.

A version is raised when the wording changes in substance. A consent given to
an older wording does not count for the new one.
"""

TERMS_VERSION = "1"
HEALTH_CONSENT_VERSION = "1"
