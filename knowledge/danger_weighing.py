"""Weighs what was seen in a telling against what was learned: which dangers are there, what kind of report it is."""

import math
from collections.abc import Mapping, Set
from dataclasses import replace

from knowledge.danger_cues import Sight
from knowledge.danger_files import Subject
from knowledge.danger_names import ALIKE, Besides, Danger, Kind, Reading

Sights = Mapping[Subject, Sight]
Scores = Mapping[Subject, float]


def weigh(sights: Sights, learned: Scores, denied: Set[Subject], words: int) -> Reading:
    """`learned`: the score of each subject, UNLIKELY for what is `denied`; `words`: how many were written."""
    scores = dict(learned)
    if sights[Kind.HELD] is Sight.SEEN and scores[Danger.TRAVEL] < _ON_THE_WAY:
        sights = {**sights, Danger.TRAVEL: Sight.DENIED}
    if sights[Kind.HELD] is Sight.SEEN:
        # What is asked for somebody sounds like what was paid for them.
        scores[Danger.MONEY_GONE] -= _RANSOM
    # Whoever works there, or goes there, is asked who is beside them in any case; at the gate time is short.
    for there, less in _ASKED_IN_ANY_CASE.items():
        if sights[there] is Sight.SEEN:
            scores[Danger.CONTROLLER] -= less
    if sights[Besides.PAYING] is Sight.SEEN:
        # Whoever stands at a counter is pressed like one on the phone with them; what helps there is another thing.
        scores[Danger.LIVE_CONTROL] -= _AT_A_COUNTER
    if Sight.SEEN in {sights[Kind.HELD], sights[Kind.INSIDER]}:
        # Place and job sound alike, but whoever is there already is not about to travel.
        scores[Danger.TRAVEL] = UNLIKELY
        # And a daughter who is held there is mostly grown up: then her age is told.
        scores[Danger.MINOR] = UNLIKELY
    # What no word of ours speaks for is told by all that was written, and few words tell little.
    doubt = _DOUBT * max(0.0, 1 - words / _MANY_WORDS)
    scores |= {subject: scores[subject] - doubt for subject in _DOUBTED if sights[subject] in _UNSPOKEN}
    besides = _besides(sights, scores)
    dangers = tuple(danger for danger in Danger if _is_there(danger, sights[danger], scores[danger]))
    if Besides.PAYING in besides and scores[Danger.MONEY_GONE] < _GONE_AS_WELL[sights[Danger.MONEY_GONE]]:
        # What is about to be paid is told of in the words of what was.
        dangers = tuple(danger for danger in dangers if danger is not Danger.MONEY_GONE)
    kind = _kind(dangers, sights, scores)
    if kind is Kind.HELD and Danger.CONTROLLER in dangers and Besides.INSIDE not in denied:
        # Who is watched where somebody is held is mostly the one.
        besides |= {Besides.INSIDE}
    is_inside = sights[Besides.INSIDE] is Sight.SEEN and scores[Besides.INSIDE] > 0
    if kind in {None, Kind.CHECK} and Danger.TRAVEL not in dangers and (is_inside or Besides.OUT in besides):
        kind = Kind.HELD
    if Danger.TRAVEL in dangers or Besides.OUT in besides:
        # And who is on the way, or out again, is not in there.
        besides -= {Besides.INSIDE}
    return _without_echoes(Reading(dangers, kind, besides), sights, scores)


def _without_echoes(read: Reading, sights: Sights, scores: Scores) -> Reading:
    """Without those whose words only go with another that is told: who comes for the gold is no guard, and what is
    demanded for somebody held, or offered for a journey, has not been paid."""
    echoes = set[Danger]()
    unsure = scores[Danger.CONTROLLER] < _SPEAKS_AGAINST and scores[Danger.CONTROLLER] != UNLIKELY
    a_child = Danger.MINOR in read.dangers and scores[Danger.MINOR] > _SURE
    if unsure and (Besides.PAYING in read.besides or a_child):
        echoes.add(Danger.CONTROLLER)
    if read.kind is Kind.MULE and sights[Danger.MULE] is Sight.SEEN and scores[Danger.MONEY_GONE] < scores[Danger.MULE]:
        # What came in and went out of a lent account was never theirs, and nothing of it is to be claimed back.
        echoes.add(Danger.MONEY_GONE)
    if sights[Kind.HELD] is Sight.SEEN and scores[Danger.MONEY_GONE] < _RANSOM_ASKED:
        echoes.add(Danger.MONEY_GONE)
    if scores[Danger.TRAVEL] > _SURE and Danger.TRAVEL in read.dangers and scores[Danger.MONEY_GONE] < 0:
        echoes.add(Danger.MONEY_GONE)
    if Besides.PAYING in read.besides and scores[Besides.PAYING] > _SURE and scores[Danger.LIVE_CONTROL] < 0:
        echoes.add(Danger.LIVE_CONTROL)
    if read.kind is Kind.HELD and Besides.CHILD in read.besides:
        # Their card is the one for whoever is held, however old they are.
        echoes.add(Danger.MINOR)
    return replace(read, dangers=tuple(danger for danger in read.dangers if danger not in echoes))


def _is_there(danger: Danger, sight: Sight, score: float) -> bool:
    match sight:
        case Sight.SEEN:
            return _bears_out(danger, score)
        case Sight.DENIED:
            # Where a missed one costs most, a negation must not silence what the whole message says.
            return score > _DESPITE_DENIAL.get(danger, math.inf)
        case Sight.HINTED:
            return score > _ENOUGH_WITH_A_HINT[danger]
        case Sight.ABSENT:
            return score > _ENOUGH[danger]


def _besides(sights: Sights, scores: Scores) -> frozenset[Besides]:
    seen = frozenset(
        each for each in Besides if sights[each] is Sight.SEEN and _bears_out(each, scores.get(each, UNLIKELY))
    )
    # Where it is denied, the words that were learned say nothing: they are much the same. And beside what was seen they
    # say little: the words of the one hint at the other.
    beside = _BESIDE_ANOTHER if seen & ALIKE else -math.inf
    bars = {each: max(bar.get(sights[each], math.inf), beside) for each, bar in _ENOUGH_BESIDES.items()}
    return seen | {each for each, bar in bars.items() if scores[each] > bar and sights[each] is not Sight.DENIED}


def _bears_out(each: Danger | Besides, score: float) -> bool:
    """Whether what was learned does not speak against words that were seen; of few letters it says nothing."""
    return score == UNLIKELY or score >= _SPEAKS_OTHERWISE.get(each, -math.inf)


def _kind(dangers: tuple[Danger, ...], sights: Sights, scores: Scores) -> Kind | None:
    weights = {kind: scores[kind] for kind in Kind}
    for kind in Kind:
        if sights.get(kind) is Sight.SEEN:
            # Who is on the way there is not held yet, though their passport be taken.
            is_on_the_way = kind is Kind.HELD and Danger.TRAVEL in dangers
            cue = 0 if is_on_the_way else _CUE_OF_KIND.get(kind, _CUE)
            weights[kind] = max(weights[kind], _UNSURE) + cue
    if Danger.TRAVEL in dangers and sights.get(Kind.HELD) is not Sight.SEEN:
        weights[Kind.HELD] -= 2 * _DANGER_OF_KIND
    for danger, kind in _IMPLIED.items():
        if danger in dangers:
            weights[kind] += _DANGER_OF_KIND
    if Danger.MONEY_GONE not in dangers and sights.get(Kind.CHEATED) is not Sight.SEEN:
        # Without a word of loss, "cheated" is only how everybody writes here.
        weights[Kind.CHEATED] -= _DANGER_OF_KIND
    if Danger.MULE not in dangers:
        # And without money of others, "mule" is only that an account was spoken of.
        weights[Kind.MULE] -= _DANGER_OF_KIND
    likeliest = max(Kind, key=lambda kind: weights[kind])
    return likeliest if weights[likeliest] > _ENOUGH_OF_KIND else None


# Tuned so that everyday messages rarely set off anything while held-out examples are mostly heard; a weak word that
# is there already lowers the bar.
_ENOUGH: Mapping[Danger, float] = {
    Danger.LIFE: 0.0,
    Danger.LIVE_CONTROL: -0.1,
    Danger.CONTROLLER: -0.15,
    Danger.MINOR: -0.1,
    Danger.MONEY_GONE: 0.1,
    Danger.TRAVEL: 0.0,
    Danger.MULE: -0.12,
}
_ENOUGH_WITH_A_HINT: Mapping[Danger, float] = {
    Danger.LIFE: -0.1,
    Danger.LIVE_CONTROL: -0.1,
    Danger.CONTROLLER: 0.0,
    Danger.MINOR: 0.0,
    Danger.MONEY_GONE: 0.1,
    Danger.TRAVEL: -0.2,
    Danger.MULE: -0.1,
}
_ENOUGH_BESIDES: Mapping[Besides, Mapping[Sight, float]] = {
    Besides.GIVEN: {Sight.HINTED: 0.12, Sight.ABSENT: 0.1},
    # Whoever swindles asks for it in much the same words.
    Besides.IDENTITY: {Sight.HINTED: 0.15, Sight.ABSENT: 0.3},
    Besides.HURT: {Sight.HINTED: -0.2, Sight.ABSENT: -0.25},
    Besides.INSIDE: {Sight.ABSENT: -0.35},
    Besides.PAYING: {Sight.ABSENT: -0.25},
}
_BESIDE_ANOTHER = 0.65
_DESPITE_DENIAL: Mapping[Danger, float] = {
    Danger.LIFE: 0.0,
    Danger.LIVE_CONTROL: 0.0,
    Danger.CONTROLLER: -0.1,
    Danger.MINOR: 0.0,
    Danger.MONEY_GONE: 0.15,
    Danger.MULE: 0.5,
}
_SPEAKS_OTHERWISE: Mapping[Danger | Besides, float] = {
    Besides.PAYING: -0.6,
    Danger.LIVE_CONTROL: -0.8,
    Danger.MINOR: -0.8,
    Danger.MONEY_GONE: -0.8,
    Danger.TRAVEL: -0.35,
    Danger.MULE: -0.4,
}
"""Below, all that was written speaks against a word that was seen; never where a missed one costs a life."""
_ON_THE_WAY = 0.3
"""From here on it is heard of who may be held as well: their passport was taken, and the van has not arrived."""
_DOUBTED = (*Danger, *_ENOUGH_BESIDES)
_UNSPOKEN = frozenset({Sight.ABSENT, Sight.DENIED})
_DOUBT = 0.5
_MANY_WORDS = 40
_RANSOM = 0.5
_RANSOM_ASKED = -0.6
_SPEAKS_AGAINST = -0.45
_SURE = 0.5
_AT_A_COUNTER = 0.3
_GONE_AS_WELL: Mapping[Sight, float] = dict.fromkeys(Sight, 0.3) | {Sight.SEEN: -0.1}
_ASKED_IN_ANY_CASE: Mapping[Subject, float] = {Kind.INSIDER: 0.1, Danger.TRAVEL: 0.2}
UNLIKELY = -1.0
"""The score of what is denied outright, and of a text of which nothing can be said."""
_UNSURE = -0.5
_IMPLIED: Mapping[Danger, Kind] = {Danger.MONEY_GONE: Kind.CHEATED, Danger.MULE: Kind.MULE}
_CUE = 0.6
_CUE_OF_KIND: Mapping[Kind, float] = {Kind.HELD: 1.1, Kind.CHEATED: 0.95, Kind.INSIDER: 1.0}
"""Of somebody held, or of an own job with swindlers, nobody speaks by the way; who was cheated does not only ask."""
_DANGER_OF_KIND = 0.3
_ENOUGH_OF_KIND = -0.1
