"""The register of every name that was ever given to a member."""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.names import skeleton


class NameTaken(Exception):
    """Somebody has, or once had, a name that looks like this one."""


class TakenNameQuerySet(models.QuerySet["TakenName"]):
    def has(self, name: str) -> bool:
        """Say whether a name that looks like this one was ever given to anybody."""
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        return self.filter(digest__in=[digest_of(name, key) for key in keys]).exists()

    def take(self, name: str) -> None:
        """Enter a name for good, or raise `NameTaken`; the second of two at once is refused."""
        if self.has(name):
            raise NameTaken(name)
        try:
            with transaction.atomic():
                self.create(digest=own_digest_of(name))
        except IntegrityError as error:
            raise NameTaken(name) from error


class TakenName(models.Model):
    """A keyed digest of a name's look; it outlives the account, and names nobody."""

    digest = models.CharField(max_length=64, editable=False)
    taken_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TakenNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("taken name")
        constraints = [models.UniqueConstraint("digest", name="a_name_is_given_once")]

    def __str__(self) -> str:
        return self.digest[:8]


def digest_of(name: str, key: str) -> str:
    """Return the digest under which a name, and all that look like it, are known."""
    return salted_hmac("accounts.taken_name", skeleton(name), secret=key, algorithm="sha256").hexdigest()


def own_digest_of(name: str) -> str:
    """Return the digest with the key of today, the one that is stored."""
    return digest_of(name, settings.SECRET_KEY)
