"""How pages are sent: kinds of page, caches, headers, logs, and the pages for when something fails."""
