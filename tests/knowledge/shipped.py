"""The shipped knowledge, learned once for all tests that only ask it."""

from functools import cache

from knowledge.matching import Matcher
from knowledge.shipped import shipped_release


@cache
def matcher() -> Matcher:
    return shipped_release().matcher
