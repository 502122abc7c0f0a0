"""What cannot wait: the card of each danger, with numbers for the place the person is in."""

import re
from dataclasses import dataclass

from bot.conversation.book import Book, Voice
from bot.conversation.buttons import PLACES
from bot.conversation.events import Reply
from bot.conversation.phrases import N_, NUMBERS_FOR
from bot.conversation.session import Session
from bot.conversation.whom_to_call import (
    consular_line,
    control_line,
    emergency,
    held_lines,
    life_lines,
    minor_line,
    money_steps,
    mule_line,
    number,
    travel_line,
)
from knowledge.dangers import Danger

LIFE_ASK = N_(
    "I'm glad you wrote. I'll ask straight out: **are you thinking of ending your life?** You are not alone in this, and it is not your fault.\n\n{lines}\n\n"
    "Is there someone who can be with you right now? Money and reports can wait."
)
LIFE_ALONE = N_(
    "Then call someone now, even if you say only “please stay on the line”. Put what could hurt you out of reach, or leave the room. {line}"
)
LIFE_OTHER = N_(
    "Thank you for looking out for them. Go to them now, or have somebody near them go. If they can't be reached, call the police and say where they may be. Ask them straight out, listen, and don't leave them alone. {line}"
)
LIFE_TALKING = N_("Good. Stay with them. Everything here waits, for days if need be.")
LIFE_LATER = N_("That's right. It waits. {line}")
LIFE_NOT_THAT = N_("Thank you for telling me. I asked because it matters more than anything else here.")

ABROAD = re.compile(
    "缅|緬|柬|西港|园区|園區|kk|金边|金邊|老挝|寮国|寮國|金三角|妙瓦底|大其力|果敢|泰国|泰國|泰缅|泰緬|波贝|波貝|迪拜|杜拜|菲律宾|菲律賓|国外|國外|境外|"
    "myanmar|burma|cambodia|laos|thai|compound|dubai|philippines|golden triangle|abroad|overseas"
)
"""Words of where people are kept abroad: the home that is named beside them is where they are from."""

HURT = N_(
    "**Is somebody hurt, or about to be? Call {number} first**, or get to where there are people. "
    "Everything here can wait."
)
HURT_NOWHERE = N_(
    "**Is somebody hurt, or about to be? Call the emergency number where you are first**, or get to where there "
    "are people. Everything here can wait."
)

PAYING = N_(
    "**Don't pay or hand over anything yet.** If it is honest, it can wait an hour.\n"
    "• At a bank, shop or machine? Step away, or tell the staff: “I may be being cheated, please stop this.”\n"
    "• Somebody else is paying right now? Ring them, or that branch.\n"
    "• Somebody comes to fetch it, or is there? Don't open; go where people are. Call **{number}**."
)
PAYING_NOWHERE = N_(
    "**Don't pay or hand over anything yet.** If it is honest, it can wait an hour.\n"
    "• At a bank, shop or machine? Step away, or tell the staff: “I may be being cheated, please stop this.”\n"
    "• Somebody else is paying right now? Ring them, or that branch.\n"
    "• Somebody comes to fetch it, or is there? Don't open; go where people are. Call the emergency number where you are."
)

CONTROL = N_(
    "**Do this first, with your hands:**\n"
    "1. That phone off: hold the power key. If it won't, cover it and leave it.\n"
    "2. SIM card out, Wi-Fi box unplugged.\n"
    "3. From another phone call your bank: block the card and online banking.{line}\n\n"
    "Don't write here on the phone they watch."
)
CONTROL_CANNOT = N_(
    "Then pull out the SIM card and unplug the Wi-Fi box; walk away from it. Call your bank from any other phone."
)

CONTROLLER = N_("Can you write freely now? Yes or no is enough.")
CONTROLLER_NO = N_("All right. Close this when you have to. I won't write first.")

MINOR = N_(
    "You are not in trouble, and it isn't your fault.\n"
    "1. Pay nothing, send nothing more, and don't answer them. Don't send pictures here either.\n"
    "2. Tell a grown-up you trust today.\n"
    "3. {line}\n\n"
    "I won't ask your name, school or address."
)

MINOR_OF = N_(
    "They are not in trouble, and it isn't their fault: tell them that first.\n"
    "1. Let them pay nothing, send nothing more, and not answer. Don't send pictures here either.\n"
    "2. Keep the messages and the account's name; delete nothing.\n"
    "3. {line}\n\n"
    "I won't ask their name, school or address."
)

MONEY = N_(
    "**First these three, the sooner the better:**\n"
    "1. Still on the call or sharing your screen? Hang up. If you can't, switch that phone off and use another.\n"
    "2. {first}\n"
    "3. {second}\n\n"
    "Send nothing more, and keep every record. I'm not the police, and I can't freeze money."
)
MONEY_CALLED = N_("Well done. That was the most important part.")
MONEY_CANNOT = N_(
    "Keep trying; ask someone beside you to call for you, or go to the nearest branch or police station with your ID. You have done nothing wrong by calling."
)

TRAVEL = N_(
    "**Don't go on.** Don't board, don't cross, don't hand over your passport.\n"
    "Go to any uniformed officer or counter and say: “I think I am being trafficked. Help me.”{line}"
)
TRAVEL_WITH_THEM = N_(
    "Stay where people are. Ask for the toilet, go to a counter, say “help me”. Close this now if they look."
)
TRAVEL_PAPERS = N_("Leave without it: your country's consulate can replace it. Go to an officer first.")
TRAVEL_AWAY = N_("Good. Stay away, don't meet them again, tell someone you trust where you are.")

MULE = N_(
    "**Stop here:** withdraw nothing, pass nothing on, and don't “return” it either.\n"
    "1. Call your bank: report the account or card, and have it blocked.\n"
    "2. {second}\n\n"
    "Going there yourself, early, counts in your favour. Keep every message."
)
MULE_GIVEN = N_(
    "Have the bank cancel it now, and the SIM card too if you gave one. Say that it is in strangers' hands."
)
MULE_CANNOT = N_("Then let someone you trust call with you. Until then touch nothing in that account.")

HELD = N_(
    "**Don't pay yet, and don't refuse outright.** Say you are gathering the money and must first speak with them. Ask the police how to answer.\n{lines}\n"
    "Keep the account, numbers, deadline and messages. Wait until your own person writes; don't press for the place, don't post it in groups.\n\n"
    "Whoever says they can get someone out for money may be a swindler too."
)
INSIDE = N_("Only short: stay unnoticed, delete this when you have to.\nCan you write freely now?")
INSIDE_CALL = N_(
    "Only short: stay unnoticed, delete this when you have to. When you can call: {line}\nCan you write freely now?"
)

OUT = N_(
    "You are out: that was the hardest part. Stay where people are, and go to your own country's consulate.\n"
    "Call {line}\n"
    "It can give you papers without a passport. Say: “I was held and made to work.” You are a victim.\n\n"
    "Don't go back for your things, and pay nobody who offers to bring you home."
)
OUT_NOWHERE = N_(
    "You are out: that was the hardest part. Stay where people are, and go to your own country's consulate. "
    "It can give you papers without a passport. Say: “I was held and made to work.” You are a victim.\n\n"
    "Don't go back for your things, and pay nobody who offers to bring you home."
)

SAFETY = N_(
    "Can anyone else look at this phone? If so, stop here. Messages can show on the locked screen, and I can't remove everything. "
    "Use a safer phone or a private web window. I won't write first. No name needed."
)
SAFETY_SOMEONE = N_("Then stop here, and clear this away. It can wait until you have a safer phone.")


@dataclass(frozen=True, slots=True)
class Card:
    text: str
    buttons: tuple[str, ...]


def danger_card(book: Book, session: Session, danger: Danger) -> Reply:
    """The card, in the person's language, with the way to other numbers where it names any."""
    voice = book.voice(session)
    match danger:
        case Danger.LIFE:
            card = _life_card(book, session, voice)
        case Danger.LIVE_CONTROL:
            card = Card(
                voice.say(CONTROL, line=control_line(book, voice)),
                ("control:other-phone", "control:cannot", "control:not-now"),
            )
        case Danger.CONTROLLER:
            return Reply(
                _may_write(book, session, voice),
                (voice.button("controller:yes"), voice.button("controller:no")),
                silent=True,
                urgent=True,
            )
        case Danger.MINOR:
            card = _minor_card(book, session, voice)
        case Danger.MONEY_GONE:
            first, second = money_steps(book, session, voice)
            card = Card(voice.say(MONEY, first=first, second=second), ("money:called", "money:cannot"))
        case Danger.TRAVEL:
            card = Card(
                voice.say(TRAVEL, line=travel_line(book, voice)), ("travel:away", "travel:with-them", "travel:papers")
            )
        case Danger.MULE:
            card = Card(voice.say(MULE, second=mule_line(book, voice)), ("mule:called", "mule:given", "mule:cannot"))
    buttons = (*(voice.button(button) for button in card.buttons), voice.not_here())
    return Reply(_with_place(book, voice, card.text), buttons, silent=session.quiet, urgent=True)


def _may_write(book: Book, session: Session, voice: Voice) -> str:
    if not session.report.is_inside:
        return voice.say(CONTROLLER)
    line = _from_inside(book, session, voice)
    return voice.say(INSIDE_CALL, line=line) if line else voice.say(INSIDE)


def _from_inside(book: Book, session: Session, voice: Voice) -> str:
    """Whom who is held can call: at home the police; abroad their own country, for the police there may be theirs; both
    where neither is told."""
    telling, line, consulate = session.report.telling, emergency(book, voice), consular_line(book, voice)
    if line is None or ABROAD.search(telling.lower()):
        return consulate
    here = book.guess_country(telling, language=None, observables=(), hint=None)
    police = number(voice, line)
    is_told = here is not None and here == voice.country
    return police if is_told or not consulate else voice.list([police, consulate])


def is_hurt(book: Book, voice: Voice) -> str:
    line = emergency(book, voice)
    return voice.say(HURT_NOWHERE) if line is None else voice.say(HURT, number=line.number)


def is_paying(book: Book, voice: Voice) -> str:
    line = emergency(book, voice)
    return voice.say(PAYING_NOWHERE) if line is None else voice.say(PAYING, number=line.number)


def _life_card(book: Book, session: Session, voice: Voice) -> Card:
    """Whoever tells of another is not asked whether they mean to die."""
    lines = life_lines(book, voice)
    if session.of_another:
        return Card(voice.say(LIFE_OTHER, line=lines), ("life:go-on", "life:me", "life:not-that"))
    return Card(voice.say(LIFE_ASK, lines=lines), ("life:talking", "life:alone", "life:other", "life:not-that"))


def _minor_card(book: Book, session: Session, voice: Voice) -> Card:
    """A child is spoken to as one, and whoever speaks of one as a grown-up."""
    line = minor_line(book, voice, of_one=session.of_a_child)
    if session.of_a_child:
        return Card(voice.say(MINOR_OF, line=line), ("minor:go-on", "minor:no-child", "minor:later"))
    return Card(voice.say(MINOR, line=line), ("minor:go-on", "minor:adult", "minor:later"))


def held_card(book: Book, session: Session) -> Reply:
    voice = book.voice(session)
    if session.report.is_out:
        line = consular_line(book, voice)
        said = voice.say(OUT, line=line) if line else voice.say(OUT_NOWHERE)
        go_on = (voice.button("travel:go-on"), voice.not_here())
        return Reply(_with_place(book, voice, said), go_on, silent=True, urgent=True)
    text = voice.say(HELD, lines=held_lines(book, voice))
    ids = ("held:today", "held:days", "held:not-said", "held:inside")
    buttons = (*(voice.button(button) for button in ids), voice.not_here())
    return Reply(_with_place(book, voice, text), buttons, silent=True, urgent=True)


def safety_question(book: Book, session: Session) -> Reply:
    voice = book.voice(session)
    ids = ("safety:only-me", "safety:someone", "safety:danger")
    return Reply(voice.say(SAFETY), tuple(voice.button(button) for button in ids), silent=True, urgent=True)


def _with_place(book: Book, voice: Voice, text: str) -> str:
    """Whose numbers they are, where there are any."""
    own = [line.number for line in book.hotlines.every if line.country == voice.country]
    if voice.country is None or voice.country not in PLACES or not any(number in text for number in own):
        return text
    return f"{text}\n\n{voice.say(NUMBERS_FOR, place=voice.place(voice.country))}"
