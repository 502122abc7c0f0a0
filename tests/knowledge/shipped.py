"""The shipped knowledge, learned once for all tests that only ask it."""

from functools import cache

from knowledge.catalogue import Catalogue, shipped_catalogue
from knowledge.matching import Matcher
from knowledge.shipped import shipped_release


@cache
def catalogue() -> Catalogue:
    return shipped_catalogue()


@cache
def matcher() -> Matcher:
    return shipped_release().matcher
