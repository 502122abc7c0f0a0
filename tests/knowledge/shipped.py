"""The shipped knowledge, learned once for all tests that only ask it."""

from functools import cache

from knowledge.catalogue import Catalogue, shipped_catalogue
from knowledge.matching import Matcher


@cache
def catalogue() -> Catalogue:
    return shipped_catalogue()


@cache
def matcher() -> Matcher:
    return Matcher.fit(catalogue())
