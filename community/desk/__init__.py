"""The moderators' desk in the back office: the queue, the page of one item, and the acts on it.

What is decided is `community.moderation`'s to do; here it is shown, asked and answered.
"""
