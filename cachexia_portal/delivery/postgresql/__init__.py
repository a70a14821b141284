"""Django's backend for PostgreSQL, made for a web process whose few threads must not all wait."""
