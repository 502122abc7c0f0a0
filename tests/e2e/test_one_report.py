"""One report, all the way: from a frightened message to a decided tip, in real processes and a real browser."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bot.settings import Settings
from storage.receipts import Receipt
from tests.e2e.canary import SHORTEST, search
from tests.e2e.people import RECEIPT
from tests.e2e.story import (
    ANSWER,
    PASSPHRASE,
    QUESTION,
    REASON,
    SECRETS_OF_ITS_OWN,
    Story,
    tell_story,
)
from tests.ports import free_ports, free_row

# Two starts with all the knowledge and a walk through both faces, on a machine that may be busy.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PLANTED = "a canary planted on purpose 金丝雀"


@pytest.fixture(scope="module")
def story(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Story:
    home: Path = tmp_path_factory.mktemp("story") / "home"
    citizens, console, citizens_jobs, staff_jobs = free_ports(4)
    metrics = free_row(4)
    return tell_story(
        Settings(
            home=home,
            citizens_port=citizens,
            console_port=console,
            citizens_jobs_port=citizens_jobs,
            staff_jobs_port=staff_jobs,
            metrics_port=metrics,
        ),
        browser,
    )


def test_a_citizen_is_met_in_their_language_before_they_have_said_a_word(story: Story) -> None:
    assert "发生了什么事？" in story.seen["opening"]
    assert "钱转出去了" in story.seen["opening"]


def test_what_to_do_now_comes_first_and_why_comes_after(story: Story) -> None:
    assert "110" in story.seen["card"]
    assert "紧急止付" in story.seen["card"]
    assert "征信" not in story.seen["card"]
    assert "关掉金条" in story.seen["reason"]


def test_what_was_told_is_shown_back_before_it_is_filed(story: Story) -> None:
    assert "4.8 万元" in story.seen["review"]
    assert "6217 0001 2345 6789 019" in story.seen["review"]


def test_a_full_telling_is_two_taps_from_its_receipt(story: Story) -> None:
    assert story.taps == 2
    assert Receipt.parse(story.receipts["first"]) is not None
    assert "不等于报警" in story.seen["filed"]


def test_what_to_read_out_to_the_police_is_shown_beside_the_receipt(story: Story) -> None:
    assert "4.8 万元" in story.seen["script"]
    assert story.receipts["first"] in story.seen["script"]


def test_only_a_receipt_is_offered_to_be_copied_and_only_where_a_script_can_do_it(story: Story) -> None:
    offer = "复制回执码"
    assert offer in story.seen["filed"]
    assert offer not in story.seen["filed, no script"]
    assert offer not in story.seen["receipt, asked"]


def test_who_comes_back_to_the_page_sees_neither_receipt_nor_telling(story: Story) -> None:
    assert not RECEIPT.search(story.seen["after filing"])
    assert "金条" not in story.seen["after filing"]


def test_without_a_script_it_is_the_same_way(story: Story) -> None:
    assert "110" in story.seen["card, no script"]
    assert Receipt.parse(story.receipts["second"]) is not None


def test_the_first_supervisor_comes_in_by_a_link_that_was_printed_once_and_works_once(story: Story) -> None:
    assert [line.strip() for line in story.printed].count(story.link) == 1
    assert story.used_link_status == 410


def test_the_queue_says_why_each_tip_is_urgent_and_shows_no_word_of_it(story: Story) -> None:
    assert len(story.queue) == 3
    for row in story.queue:
        assert "Money has left and may still be stopped" in row
        assert "欧阳砚秋" not in row


def test_a_tip_shows_the_whole_telling_with_the_words_that_speak_for_the_pattern_marked(story: Story) -> None:
    assert "柏杉鹭" in story.seen["first tip"]
    assert "欧阳砚秋" in story.seen["first tip"]
    assert any("关掉金条" in words for words in story.marked)
    assert not any("柏杉鹭" in words for words in story.marked)


def test_an_account_told_in_two_ways_by_two_people_links_their_tips(story: Story) -> None:
    for tip, amount in (("first tip", "48,000"), ("second tip", "30,000")):
        assert "in 1 other tip" in story.seen[tip]
        assert amount in story.seen[tip]


def test_a_claimed_tip_is_held_and_a_question_is_left(story: Story) -> None:
    assert "You hold this tip" in story.seen["claimed"]
    assert "Asked. The reporter sees the question with the receipt" in story.seen["asked"]
    assert QUESTION in story.seen["asked"]


def test_the_receipt_shows_state_and_question_in_another_browser_and_nothing_of_the_telling(story: Story) -> None:
    shown = story.seen["receipt, asked"]
    assert QUESTION in shown
    for told in ("柏杉鹭", "金条", "欧阳砚秋", "6217", "4.8"):
        assert told not in shown


def test_question_and_answer_stand_on_that_screen_no_longer_than_needed(story: Story) -> None:
    assert "翡翠鹦鹉" not in story.seen["after answering"]
    assert not RECEIPT.search(story.seen["after answering"])


def test_the_answer_reaches_the_reviewer(story: Story) -> None:
    assert "The reporter has written again" in story.seen["queue, answered"]
    assert ANSWER in story.seen["first tip, answered"]


def test_a_decision_has_its_reason_and_the_reporter_learns_the_outcome_alone(story: Story) -> None:
    assert REASON in story.seen["decided"]
    assert "Confirmed: a known scam" in story.seen["decided"]
    assert "这是一种已知的骗局" in story.seen["receipt, decided"]
    assert "amberjack" not in story.seen["receipt, decided"]


def test_a_duplicate_is_merged_and_its_reporter_learns_that_it_joins_others(story: Story) -> None:
    assert "Merged. Both tips stay readable." in story.seen["merged"]
    assert story.tips["first"] in story.seen["merged"]
    assert "和已经知道的并在一起" in story.seen["receipt, merged"]
    assert story.tips["first"] not in story.seen["receipt, merged"]


def test_a_withdrawal_reaches_the_reviewer_who_holds_the_tip(story: Story) -> None:
    assert "撤回" in story.seen["withdrawn"]
    assert f"taken back tip {story.tips['third']}" in story.seen["queue, withdrawn"]
    assert "taken this tip back" in story.seen["third tip, withdrawn"]


def test_the_audit_log_verifies_and_goes_on_from_its_earlier_head(story: Story) -> None:
    assert len(story.heads) == 2
    assert story.heads[0] != story.heads[1]


def test_ctrl_c_stops_it_in_order(story: Story) -> None:
    assert story.ends == [0, 0]
    assert story.printed.count("Stopped.") == 2
    printed = "\n".join(story.printed)
    for sign in ("Traceback", "ERROR", "WARNING", "unexpectedly"):
        assert sign not in printed, printed


def test_started_again_staff_are_still_signed_in_and_all_is_there(story: Story) -> None:
    assert "柏杉鹭" in story.seen["tip, started again"]
    assert "Confirmed: a known scam" in story.seen["tip, started again"]
    assert story.seen["queue, started again"] == ""
    assert "和已经知道的并在一起" in story.seen["chat, started again"]


def test_nothing_told_lies_in_the_clear_anywhere_but_the_word_planted_to_be_found(story: Story) -> None:
    # The one-time link stands on the terminal of whoever started the service: that line alone is left out.
    planted = json.dumps({"level": "info", "text": PLANTED})
    places = {**story.places, "a log": f"INFO: {planted}\n".encode()}
    words = canaries(story)
    assert {(found.word, found.place) for found in search([*words, PLANTED], places)} == {(PLANTED, "a log")}


def test_the_canary_looks_for_everything_that_was_told_and_every_secret(story: Story) -> None:
    words = canaries(story)
    assert {PASSPHRASE, *SECRETS_OF_ITS_OWN, *story.receipts.values()} <= set(words)
    assert story.link.rsplit("/", 1)[-1] in words
    # A cookie for each browser: four that talk and one that reads, besides what guards the forms before a sign-in.
    assert sum(len(word) >= 22 and word.isascii() and " " not in word for word in words) >= 5
    places = " ".join(story.places)
    for moment in ("half told", "filed", "at work", "stopped", "started again", "stopped again"):
        assert f"{moment}: fanzha.sqlite3 " in places
        assert f"{moment}: tip.sealed" in places
    for part in (
        "fanzha.sqlite3-wal",
        "console healthz",
        "staff-jobs healthz",
        "citizens metrics",
        "staff-jobs metrics",
        "printed",
    ):
        assert part in places


def canaries(story: Story) -> list[str]:
    """Each text told, whole and in its parts, however a part is spelled; each secret with and without its hyphens."""
    whole = [*story.told, *SECRETS_OF_ITS_OWN]
    parts = [part for text in whole for part in text.replace("，", " ").split()]
    bare = [receipt.replace("-", "") for receipt in story.receipts.values()]
    receipts = [spelled for receipt in (*bare, *story.receipts.values()) for spelled in (receipt, receipt.lower())]
    words = [word for word in (*whole, *parts, *receipts) if len(word.encode()) >= SHORTEST]
    return [word for word in dict.fromkeys(words) if word.casefold() not in _ORDINARY]


_ORDINARY = frozenset(
    {"verdict", "ledger:", "account", "before", "collector", "quarry", "lantern", "thistle", "amberjack", "marigold"}
)
"""Single English words of a longer text, which is looked for whole: a schema or a log may use one of its own."""
