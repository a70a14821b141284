"""From a file to stored blocks: bytes → text → front matter → blocks → stored.

Every step but the last is pure. Nothing here touches a page or publishes anything.
"""
