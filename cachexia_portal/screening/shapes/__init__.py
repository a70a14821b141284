"""Ways to look for one kind of personal detail.

Each takes a text made even and a country code (or "") and gives spans of the even text. All quantifiers
are bounded, so that the time grows with the text and no faster.
"""
