"""Guides that come with the site, in our own words."""
