"""The card for whoever has the swindler on the line, on the screen, or at their elbow by telephone: what to do by hand."""

import re

from bot.conversation.book import Book, Voice
from bot.conversation.phrases import N_
from bot.conversation.report import PAYING
from bot.conversation.session import Session
from bot.conversation.whom_to_call import control_line

CONTROL = N_(
    "**Do this first, with your hands:**\n"
    "1. That phone off: hold the power key. If it won't, cover it and leave it.\n"
    "2. SIM card out, Wi-Fi box unplugged.\n"
    "3. From another phone call your bank: block the card and online banking.{line}\n\n"
    "Don't write here on the phone they watch."
)
CONTROL_COMPUTER = N_(
    "**Do this first, with your hands:**\n"
    "1. That computer off: hold its power key until it is dark. Then unplug the Wi-Fi box.\n"
    "2. On the phone with them? Hang up, and call nobody back.\n"
    "3. From a phone they never had, call your bank: block online banking and cards.{line}\n\n"
    "Leave the computer off until somebody you know has looked at it."
)
CONTROL_AT_A_COUNTER = N_("**Put nothing in, pay nothing: step away and tell the staff.**")


def control(book: Book, session: Session, voice: Voice) -> str:
    """What to switch off is what they are in, phone or computer; who stands at a machine is told first to put nothing in."""
    telling = session.report.telling.lower()
    form = CONTROL_COMPUTER if _COMPUTER.search(telling) and not _ON_A_PHONE.search(telling) else CONTROL
    said = voice.say(form, line=control_line(book, voice))
    return (
        f"{voice.say(CONTROL_AT_A_COUNTER)}\n\n{said}"
        if PAYING in session.report.answers and _AT_A_COUNTER.search(telling)
        else said
    )


_AT_A_COUNTER = re.compile(
    r"柜台|櫃檯|柜员|櫃員|提款机|提款機|柜位|櫃位|超商|便利店|店里|店裡|邮局|郵局|银行里|銀行裡|银行门口|銀行門口|\batm\b"
    r"|bitcoin (?:machine|atm)|\b(?:at|in) (?:the |a )?(?:bank|counter|shop|store|walmart|target|walgreens|cvs|tesco|7-?eleven|post office|gas station|machine|queue|line)\b"
)
_COMPUTER = re.compile(r"电脑|電腦|笔记本|筆電|笔电|\b(?:computer|laptop|pc|macbook|desktop|microsoft|windows)\b")
_ON_A_PHONE = re.compile(
    r"手机|手機|部电话|部電話|\b(?:my|his|her|their) (?:phone|mobile|cell|iphone)\b|\b(?:phone|mobile) screen\b"
)
