"""How often one person may do one thing: one table for all processes."""

from .client import client_digest, client_network
from .counting import forget_expired, spend, spend_for

__all__ = ["client_digest", "client_network", "forget_expired", "spend", "spend_for"]
