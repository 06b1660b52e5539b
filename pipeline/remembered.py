"""How many answers a process keeps of what it was asked before: enough for speed, few enough for flat memory.

New words and phrases never end, so a cache without a bound, or with one that is never reached, is memory that grows
with the articles. These sizes fill within the first thousand articles, and cost two per cent of the instructions of
caches without a bound; what was asked longest ago is forgotten first, and what is forgotten is worked out again.
"""

FORMS = 32_768
"""Word forms: what some 500 articles hold, and 19 in 20 of those that further ones ask for."""

PHRASES = 8_192
"""Names, phrases and stretches of text, which repeat within an article and a gazette more than across them."""

LARGE = 4_096
"""Answers of several kilobytes, such as all readings of a phrase with their weights."""

RARE = 1_024
"""What is asked once or twice in all, and soon after: the forms of a lemma, the endings of a surname."""
