"""The classifier's own way to weigh a text: it says what the fitted vectorizers would, only sooner."""

import pytest
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from knowledge.danger_classifier import _WORD, Classifier

TEXTS = [
    "i sent the money an hour ago",
    "我刚转了四万八给他们",
    "he holds my passport",
    "they hold my passport and my phone",
    "我转了两千",
    "what is the weather",
]
LABELLED = [{"gone"}, {"gone"}, {"held"}, {"held"}, {"gone"}, set[str]()]


@pytest.mark.parametrize(
    "text", ["i sent money money money", "我刚转了钱", "they hold my brother", "...", "", "zzz 😀", "he holds " * 30]
)
def test_it_scores_as_the_library_does(text: str) -> None:
    classifier = Classifier[str].fit(TEXTS, LABELLED, ("gone", "held"))
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True, min_df=2)
    words = TfidfVectorizer(token_pattern=_WORD, ngram_range=(1, 2), sublinear_tf=True)
    features = hstack([characters.fit_transform(TEXTS), words.fit_transform(TEXTS)]).tocsr()
    asked = hstack([characters.transform([text]), words.transform([text])]).tocsr()
    for label in ("gone", "held"):
        there = [label in each for each in LABELLED]
        model = LinearSVC(C=0.1, class_weight="balanced", random_state=0).fit(features, there)
        assert classifier.scores([text])[label] == pytest.approx(model.decision_function(asked)[0], abs=1e-12)


def test_of_several_pieces_the_highest_score_counts() -> None:
    classifier = Classifier[str].fit(TEXTS, LABELLED, ("gone", "held"))
    one, other = classifier.scores([TEXTS[0]]), classifier.scores([TEXTS[2]])
    both = classifier.scores([TEXTS[0], TEXTS[2]])
    assert both == {label: max(one[label], other[label]) for label in one}
