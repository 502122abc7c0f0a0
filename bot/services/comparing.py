"""The tips that say nearly the same as one, for the page that shows it."""

from bot.services.triage_views import SimilarTip
from storage import similar, tips
from storage.database import Transaction


def similar_tips(t: Transaction, tip_id: str) -> tuple[SimilarTip, ...]:
    """The most alike first, ten at most; none for a tip that is not in the index yet, or says too little."""
    found = {one.tip: one.resemblance for one in similar.similar_to(t, tip_id)}
    return tuple(SimilarTip(tip, found[tip.id]) for tip in tips.known(t, tuple(found)))
