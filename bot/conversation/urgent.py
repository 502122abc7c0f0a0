"""What cannot wait: the card of each danger, with numbers for the place the person is in."""

from dataclasses import dataclass

from bot.conversation.book import Book, Voice
from bot.conversation.control_card import control
from bot.conversation.events import Reply
from bot.conversation.held import CONTROLLER
from bot.conversation.mule_card import mule
from bot.conversation.phrases import N_
from bot.conversation.pictured import speaks_of_pictures
from bot.conversation.session import Session
from bot.conversation.travel_card import travel
from bot.conversation.whom_to_call import (
    emergency,
    life_lines,
    minor_line,
    money_steps,
    with_place,
)
from knowledge.dangers import Danger
from knowledge.hotlines import Situation
from knowledge.observables import ObservableType

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

"""Words of a telling that may be about pictures of a child: they can be taken down."""

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

CONTROL_CANNOT = N_(
    "Then pull out the SIM card and unplug the Wi-Fi box; a computer: pull its plug. Walk away from it. "
    "Call your bank from any other phone."
)

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
    "3. {line}{paid}\n\n"
    "I won't ask their name, school or address."
)

MINOR_PAID = N_(
    "\n4. Was a card or an account charged? Have the bank block it, and ask the shop or the game for the money back."
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

TRAVEL_WITH_THEM = N_(
    "Stay where people are. Ask for the toilet, go to a counter, say “help me”. Close this now if they look."
)
TRAVEL_NOT_GOING = N_("Good. Answer them no more, meet none of them, and tell somebody you trust.")
TRAVEL_STILL = N_(
    "Nobody is angry with you. Wait one day: a real employer can.\n"
    "Give somebody at home the flight, the address, the name of whoever invited you, and a word that means “get me out”. "
    "Ask the embassy of that country whether the firm and the visa are real."
)
TRAVEL_PAPERS = N_("Leave without it: your country's consulate can replace it. Go to an officer first.")
TRAVEL_AWAY = N_("Good. Stay away, don't meet them again, tell someone you trust where you are.")

TRAVEL_NOT_REACHED = N_(
    "Then don't wait: the police can have them looked for at the gate or the border. Say the flight, the route, what they wear. "
    "Keep writing to them, kindly."
)
TRAVEL_STAYED = N_("Good. Stay with them today, and let them answer those people no more.")

MULE_GIVEN = N_(
    "Have the bank cancel it now, and the SIM card too if you gave one. Say that it is in strangers' hands."
)
MULE_CANNOT = N_("Then let someone you trust call with you. Until then touch nothing in that account.")

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
            card = Card(control(book, session, voice), ("control:other-phone", "control:cannot", "control:not-now"))
        case Danger.CONTROLLER:
            return Reply(
                voice.say(CONTROLLER),
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
            card = Card(*travel(book, session, voice))
        case Danger.MULE:
            card = Card(mule(book, session, voice), ("mule:called", "mule:given", "mule:cannot"))
    buttons = (*(voice.button(button) for button in card.buttons), voice.not_here())
    return Reply(with_place(book, voice, card.text), buttons, silent=session.quiet, urgent=True)


def is_hurt(book: Book, voice: Voice) -> str:
    """The ambulance, where it has a number of its own, and whoever helps against those who hurt."""
    police = emergency(book, voice)
    lines = (*book.hotlines.find(voice.country, Situation.AMBULANCE)[:1], *((police,) if police else ()))
    numbers = voice.list([line.number for line in lines])
    return voice.say(HURT, number=numbers) if numbers else voice.say(HURT_NOWHERE)


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
    report = session.report
    may_be_pictured = not report.lines or speaks_of_pictures(report.telling)
    line = minor_line(book, voice, of_one=session.of_a_child, pictured=may_be_pictured)
    if session.of_a_child:
        # Where money is known to be gone, its own card comes next.
        was_paid = report.facts_of(ObservableType.AMOUNT) and Danger.MONEY_GONE not in report.dangers
        paid = voice.say(MINOR_PAID) if was_paid else ""
        return Card(voice.say(MINOR_OF, line=line, paid=paid), ("minor:go-on", "minor:no-child", "minor:later"))
    return Card(voice.say(MINOR, line=line), ("minor:go-on", "minor:adult", "minor:later"))


def safety_question(book: Book, session: Session) -> Reply:
    voice = book.voice(session)
    ids = ("safety:only-me", "safety:someone", "safety:danger")
    return Reply(voice.say(SAFETY), tuple(voice.button(button) for button in ids), silent=True, urgent=True)
