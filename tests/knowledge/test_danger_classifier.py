"""The classifier's own way to cut and weigh a text: it says what scikit-learn would, sooner and without it."""

import json
import shutil
import subprocess
import sys
from functools import reduce
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import hstack, vstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from knowledge.danger_classifier import Classifier
from knowledge.danger_files import load_danger_files
from knowledge.danger_fitting import fit
from knowledge.danger_learning import is_kept, place_kept, shipped_dangers
from knowledge.danger_pieces import CUTS, far_pairs, letter_runs, pieces, word_pairs
from knowledge.dangers import DangerReader, shipped_reader
from knowledge.keeping import KEPT, PACKAGE
from knowledge.language import Language
from tests.knowledge.danger_measure import load_tellings

TEXTS = [
    "i sent the money an hour ago",
    "我刚转了四万八给他们",
    "he holds my passport",
    "they hold my passport and my phone",
    "我转了两千",
    "what is the weather",
]
LABELLED = [{"gone"}, {"gone"}, {"held"}, {"held"}, {"gone"}, set[str]()]
LABELS = ("gone", "held")
ORDINARY = ["i left my passport at home", "我们晚上几点吃饭", "see you at the bus stop"]
RUNS = {"analyzer": "char_wb", "ngram_range": (1, 4)}
PAIRS = {"token_pattern": r"[a-z0-9]+|[\u3400-\u9fff]", "ngram_range": (1, 2)}


def key_of_run(run: str) -> int:
    return reduce(lambda key, letter: key << 16 | min(ord(letter), 0xFFFF), run, 0)


def key_of_words(words: str, sign: str = " ") -> int:
    return reduce(lambda key, word: key << 32 | crc32(word.encode()), words.split(sign), 0)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab A9.,é \n\t我刚转\u3000😀\ud800"), max_size=40))
def test_a_text_is_cut_as_the_library_cuts_it(text: str) -> None:
    runs, words = (TfidfVectorizer(**how).build_analyzer()(text) for how in (RUNS, PAIRS))
    assert sorted(letter_runs(text).tolist()) == sorted(map(key_of_run, runs))
    assert sorted(word_pairs(text).tolist()) == sorted(map(key_of_words, words))


def test_pairs_reach_over_one_to_three_words() -> None:
    reached = [
        "they_my",
        "hold_old",
        "my_passport",
        "old_他",
        "passport_哭",
        "they_old",
        "hold_passport",
        "my_他",
        "old_哭",
        "they_passport",
        "hold_他",
        "my_哭",
    ]
    assert far_pairs("They HOLD my old passport, 他哭").tolist() == [key_of_words(pair, "_") for pair in reached]


def test_what_two_cuts_have_alike_are_two_pieces() -> None:
    text = "aa aa"
    assert len(pieces(text)) == sum(len(cut(text)) for cut in CUTS)
    assert len(set(pieces(text).tolist())) == sum(len(set(cut(text).tolist())) for cut in CUTS)


@pytest.mark.parametrize(
    "text", ["i sent money money money", "我刚转了钱", "they hold my brother", "...", "", "zzz 😀", "he holds " * 30]
)
def test_it_scores_as_the_library_does(text: str) -> None:
    told = TEXTS * 2  # a piece counts from three texts on
    classifier = fit(told, LABELLED * 2, LABELS, ordinary=ORDINARY)
    far = {"analyzer": lambda text: far_pairs(text).tolist()}
    cuts = [TfidfVectorizer(**how, sublinear_tf=True, min_df=3) for how in (RUNS, PAIRS, far)]
    features = hstack([cut.fit_transform(told) for cut in cuts])
    features = vstack([features, hstack([cut.transform(ORDINARY) for cut in cuts])]).tocsr()
    asked = hstack([cut.transform([text]) for cut in cuts]).tocsr()
    for label in LABELS:
        there = [label in each for each in LABELLED * 2] + [False] * len(ORDINARY)
        model = LinearSVC(C=0.3, class_weight="balanced", random_state=0).fit(features, there)
        # How far the fitting went depends on the order of the columns.
        assert classifier.scores([text])[label] == pytest.approx(model.decision_function(asked)[0], abs=1e-3)


def test_of_several_pieces_the_highest_score_counts() -> None:
    classifier = fit(TEXTS * 2, LABELLED * 2, LABELS)
    one, other = classifier.scores([TEXTS[0]]), classifier.scores([TEXTS[2]])
    both = classifier.scores([TEXTS[0], TEXTS[2]])
    assert both == {label: max(one[label], other[label]) for label in one}


def test_what_is_kept_scores_as_what_was_learned() -> None:
    classifier = fit(TEXTS * 2, LABELLED * 2, LABELS)
    kept = Classifier[str].from_bytes(classifier.to_bytes(), LABELS)
    assert [kept.scores([text]) for text in TEXTS] == [classifier.scores([text]) for text in TEXTS]
    with pytest.raises(ValueError, match="fit together"):
        Classifier[str].from_bytes(classifier.to_bytes(), ("gone", "held", "another"))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The shipped files of dangers, the longest examples left out; few ordinary messages; the code that reads them."""
    longest = shutil.ignore_patterns(
        "hints.toml", "between-lines.toml", "first-talk.toml", "from-inside.toml", "away.toml", "chatter.toml"
    )
    shutil.copytree(PACKAGE / "dangers", tmp_path / "dangers", ignore=longest)
    few = dict.fromkeys(Language, ORDINARY)
    (tmp_path / "ordinary.toml").write_text(
        "[home]\n" + "".join(f"{language} = {json.dumps(texts)}\n" for language, texts in few.items()), encoding="utf-8"
    )
    for path in (*PACKAGE.glob("*.py"), PACKAGE / "lookalikes.toml"):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


def test_what_was_learned_is_kept_until_a_word_changes(package: Path) -> None:
    shipped_reader(package)
    (kept,) = (package / KEPT).iterdir()
    assert kept == place_kept(package)
    examples = package / "dangers" / "examples"
    changed = next(iter(sorted(examples.glob("*.toml"))))
    changed.write_text(f"# one word more\n{changed.read_text(encoding='utf-8')}", encoding="utf-8")
    assert not is_kept(package)
    shipped_reader(package)
    assert list((package / KEPT).iterdir()) == [place_kept(package)]


def test_what_is_kept_hears_what_the_files_say() -> None:
    files, classifier = shipped_dangers(PACKAGE)
    anew = DangerReader(load_danger_files(PACKAGE / "dangers"), classifier)
    kept = DangerReader(files, classifier)
    texts = [telling.text for telling in load_tellings(Path(__file__).parent / "dangers" / "heldout.toml")]
    assert [kept.read(text) for text in texts] == [anew.read(text) for text in texts]


def test_what_is_kept_damaged_is_learned_anew(package: Path) -> None:
    first = shipped_reader(package)
    place = place_kept(package)
    place.write_bytes(place.read_bytes()[:1000])
    assert not is_kept(package)
    again = shipped_reader(package)
    assert is_kept(package)
    assert again.read("他扣了我的护照") == first.read("他扣了我的护照")


def test_who_finds_it_learned_does_not_load_what_learns() -> None:
    asked = (
        "import sys; from knowledge.dangers import shipped_reader; shipped_reader(); print('sklearn' in sys.modules)"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
