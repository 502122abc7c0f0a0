"""`fanzha check`: warned, similar or unknown, with reasons; never safe, and nothing is kept."""

from bot.commands.check import LONGEST
from bot.conversation.events import MAX_TEXT
from bot.settings import Settings
from tests.bot.app.service import command


def test_a_known_scam_is_warned_of_in_the_language_it_came_in_and_nothing_is_kept(settings: Settings) -> None:
    done = command(settings, "check", "-", told="【刷单】兼职点赞一单5元,先垫付本金做任务,完成返现佣金")
    assert done.returncode == 0, done.stderr
    assert "刷单" in done.stdout
    assert "**" not in done.stdout
    assert not settings.home.exists()


def test_what_is_like_nothing_known_is_not_called_safe(settings: Settings) -> None:
    done = command(settings, "check", "see you at lunch on Friday")
    assert "does not make it safe" in done.stdout


def test_no_text_and_too_much_text_are_refused(settings: Settings) -> None:
    for told in ("", " \n ", "x" * 16_385):
        done = command(settings, "check", "-", told=told)
        assert done.returncode == 2
        assert done.stdout == ""


def test_the_limit_is_that_of_every_message() -> None:
    assert LONGEST == MAX_TEXT
