"""Reads in a telling what cannot wait, and what kind of report it is, before anything is matched."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from pathlib import Path

from knowledge.danger_classifier import Classifier
from knowledge.danger_cues import Cue, Sight, look_for, stands
from knowledge.danger_files import Against, DangerFiles, DangersError, Subject
from knowledge.danger_index import PhraseIndex
from knowledge.danger_keeping import LABELS
from knowledge.danger_learning import shipped_dangers
from knowledge.danger_names import Besides, Danger, Kind, Reading
from knowledge.danger_phrases import Phrase, fold
from knowledge.danger_pieces import split_words
from knowledge.danger_weighing import UNLIKELY, weigh
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
        scores = {**self._score(folded), **dict.fromkeys(denied, UNLIKELY)}
        return weigh(sights, scores, denied.keys(), len(split_words(folded)))

    def _score(self, folded: str) -> Mapping[Subject, float]:
        if self._classifier is None or sum(map(str.isalpha, folded)) < _TOO_FEW_LETTERS:
            return dict.fromkeys(LABELS, UNLIKELY)
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

_TOO_FEW_LETTERS = 6
"""An account, a name and a time say nothing by their letters."""
_CHANCE: Mapping[Subject, float] = dict.fromkeys(LABELS, 0.3) | {Danger.LIFE: 0.45}
"""Who tells at length how they were cheated has many a sad sentence."""
