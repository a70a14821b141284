"""One table of documents that the apps hand over, one door to find them, two engines behind it."""
