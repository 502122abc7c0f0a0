"""Reads in a telling what cannot wait, and what kind of report it is, before anything is matched."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from pathlib import Path

from knowledge.danger_classifier import Classifier
from knowledge.danger_cues import Cue, Sight, look_for, stands
from knowledge.danger_files import Against, DangerFiles, DangersError, Subject
from knowledge.danger_index import PhraseIndex
from knowledge.danger_keeping import LABELS
from knowledge.danger_learning import shipped_dangers
from knowledge.danger_names import ALIKE, Besides, Danger, Kind, Reading
from knowledge.danger_phrases import Phrase, fold
from knowledge.danger_pieces import split_words
from knowledge.keeping import PACKAGE

__all__ = ["LIMIT", "Besides", "Danger", "DangerReader", "DangersError", "Kind", "Reading", "shipped_reader"]

LIMIT = 16_384
"""Characters of a telling that are read; what follows is left unread."""


class DangerReader:
    """Cues first; the classifier adds what no cue saw. Safe to share between threads."""

    def __init__(self, files: DangerFiles, classifier: Classifier[Subject] | None) -> None:
        """Without a classifier the cues alone are read."""
        self._cues = files.cues
        self._against = files.against
        every = tuple(cue for cues in files.cues.values() for cue in cues)
        spoken = (phrase for cue in every for phrase in cue.phrases)
        opposite = (phrase for ones in files.against.values() for one in ones for phrase in one.phrases + one.unless)
        self._index = PhraseIndex((*spoken, *opposite))
        self._by_phrase = _by_phrase(files.cues)
        self._classifier = classifier

    def read(self, text: str) -> Reading:
        """What cannot wait in `text`, and its kind: a few milliseconds for a message, half a second for LIMIT."""
        folded = fold(_without_quotations(text[:LIMIT]))
        among = self._index.standing(folded)
        denied = self._denied(folded, among)
        sights = self._look(folded, among, denied)
        scores = dict(self._score(folded)) | dict.fromkeys(denied, _UNLIKELY)
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
            scores[Danger.TRAVEL] = _UNLIKELY
            # And a daughter who is held there is mostly grown up: then her age is told.
            scores[Danger.MINOR] = _UNLIKELY
        # What no word of ours speaks for is told by all that was written, and few words tell little.
        doubt = _DOUBT * max(0.0, 1 - len(split_words(folded)) / _MANY_WORDS)
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

    def _score(self, folded: str) -> Mapping[Subject, float]:
        if self._classifier is None or sum(map(str.isalpha, folded)) < _TOO_FEW_LETTERS:
            return dict.fromkeys(LABELS, _UNLIKELY)
        pieces = _pieces(folded)
        scores = self._classifier.scores(pieces)
        # The highest of many scores is high by chance alone.
        return scores if len(pieces) == 1 else {each: score - _CHANCE[each] for each, score in scores.items()}

    def _denied(self, folded: str, among: Set[Phrase]) -> Mapping[Subject, Set[str]]:
        """What is said outright not to be so, each with the cues that count all the same."""
        denied: dict[Subject, Set[str]] = {}
        for subject, against in self._against.items():
            for one in against:
                if _speaks(one, folded, among):
                    denied[subject] = one.despite & denied.get(subject, one.despite)
        return denied

    def _look(self, folded: str, among: Set[Phrase], denied: Mapping[Subject, Set[str]]) -> Mapping[Subject, Sight]:
        # A cue none of whose words may stand there sees nothing, and that is nearly all of them.
        near = defaultdict[Subject, set[Cue]](set)
        for phrase in among:
            for subject, cue in self._by_phrase.get(phrase, ()):
                if subject not in denied or cue.id in denied[subject]:
                    near[subject].add(cue)
        sights = dict.fromkeys(self._cues, Sight.ABSENT)
        for subject, cues in near.items():
            sights[subject] = look_for((cue for cue in cues if not cue.yields_to), folded, among)
        seen = {subject for subject, sight in sights.items() if sight is Sight.SEEN}
        for subject, cues in near.items():
            if subject not in seen:
                standing = (cue for cue in cues if cue.yields_to and not cue.yields_to & seen)
                sights[subject] = max(sights[subject], look_for(standing, folded, among), key=lambda sight: sight.value)
        return sights


def _without_echoes(read: Reading, sights: Mapping[Subject, Sight], scores: Mapping[Subject, float]) -> Reading:
    """Without those whose words only go with another that is told: who comes for the gold is no guard, and what is
    demanded for somebody held, or offered for a journey, has not been paid."""
    echoes = set[Danger]()
    unsure = scores[Danger.CONTROLLER] < _SPEAKS_AGAINST and scores[Danger.CONTROLLER] != _UNLIKELY
    a_child = Danger.MINOR in read.dangers and scores[Danger.MINOR] > _SURE
    if unsure and (Besides.PAYING in read.besides or a_child):
        echoes.add(Danger.CONTROLLER)
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


def shipped_reader(package: Path = PACKAGE) -> DangerReader:
    """The reader of the files shipped with this package; costly to build, so build one and keep it."""
    return DangerReader(*shipped_dangers(package))


def _speaks(against: Against, folded: str, among: Set[Phrase]) -> bool:
    return stands(against.phrases, folded, among) and not stands(against.unless, folded, among)


def _by_phrase(cues: Mapping[Subject, Iterable[Cue]]) -> Mapping[Phrase, tuple[tuple[Subject, Cue], ...]]:
    """The cues each phrase is a word of; what takes them back says nothing by itself."""
    by_phrase: defaultdict[Phrase, list[tuple[Subject, Cue]]] = defaultdict(list)
    for subject, own in cues.items():
        for cue in own:
            for phrase in {phrase for group in cue.groups for phrase in group}:
                by_phrase[phrase].append((subject, cue))
    return {phrase: tuple(these) for phrase, these in by_phrase.items()}


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


def _besides(sights: Mapping[Subject, Sight], scores: Mapping[Subject, float]) -> frozenset[Besides]:
    seen = frozenset(
        each for each in Besides if sights[each] is Sight.SEEN and _bears_out(each, scores.get(each, _UNLIKELY))
    )
    # Where it is denied, the words that were learned say nothing: they are much the same. And beside what was seen they
    # say little: the words of the one hint at the other.
    beside = _BESIDE_ANOTHER if seen & ALIKE else -math.inf
    bars = {each: max(bar.get(sights[each], math.inf), beside) for each, bar in _ENOUGH_BESIDES.items()}
    return seen | {each for each, bar in bars.items() if scores[each] > bar and sights[each] is not Sight.DENIED}


def _bears_out(each: Danger | Besides, score: float) -> bool:
    """Whether what was learned does not speak against words that were seen; of few letters it says nothing."""
    return score == _UNLIKELY or score >= _SPEAKS_OTHERWISE.get(each, -math.inf)


def _kind(dangers: tuple[Danger, ...], sights: Mapping[Subject, Sight], scores: Mapping[Subject, float]) -> Kind | None:
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


def _without_quotations(text: str) -> str:
    """Long quotations are somebody else's words, mostly the swindler's; short ones are part of the telling."""
    return _QUOTATION.sub(" ", text)


def _pieces(folded: str) -> list[str]:
    """Stretches short enough that one sentence in a long telling is still heard."""
    pieces = []
    piece = ""
    for sentence in _SENTENCE.findall(folded):
        if piece and len(piece) + len(sentence) > _PIECE:
            pieces.append(piece)
            piece = ""
        piece += sentence
    return [*pieces, piece]


_QUOTATION = re.compile(r'["“「『][^"“”「」『』]{40,}["”」』]')
_PIECE = 160
_SENTENCE = re.compile(rf"[^.。!！?？;；\n]{{0,{_PIECE}}}[.。!！?？;；\n]?")

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
_UNLIKELY = -1.0
_UNSURE = -0.5
_TOO_FEW_LETTERS = 6
"""An account, a name and a time say nothing by their letters."""
_CHANCE: Mapping[Subject, float] = dict.fromkeys(LABELS, 0.3) | {Danger.LIFE: 0.45}
"""Who tells at length how they were cheated has many a sad sentence."""

_IMPLIED: Mapping[Danger, Kind] = {Danger.MONEY_GONE: Kind.CHEATED, Danger.MULE: Kind.MULE}
_CUE = 0.6
_CUE_OF_KIND: Mapping[Kind, float] = {Kind.HELD: 1.1, Kind.CHEATED: 0.95, Kind.INSIDER: 1.0}
"""Of somebody held, or of an own job with swindlers, nobody speaks by the way; who was cheated does not only ask."""
_DANGER_OF_KIND = 0.3
_ENOUGH_OF_KIND = -0.1
