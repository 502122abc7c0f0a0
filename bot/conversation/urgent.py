"""What cannot wait: the card of each danger, with numbers for the place the person is in."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.conversation.book import Book, Voice
from bot.conversation.buttons import PLACES
from bot.conversation.events import Reply
from bot.conversation.phrases import N_, NUMBERS_FOR
from bot.conversation.session import Session
from knowledge.dangers import Danger
from knowledge.hotlines import Hotline, Situation, Way
from knowledge.observables import ObservableType

LIFE_ASK = N_(
    "I'm glad you wrote. I'll ask straight out: **are you thinking of ending your life?** You are not alone in this, and it is not your fault.\n\n{lines}\n\n"
    "Is there someone who can be with you right now? Money and reports can wait."
)
LIFE_LINE = N_("Call **{number}** ({name}), {hours}.")
LIFE_EMERGENCY = N_("If it is happening now, call **{number}**.")
LIFE_NOWHERE = N_("Call the emergency number where you are, or a crisis line; go to someone you trust.")
LIFE_ALONE = N_(
    "Then call someone now, even if you say only “please stay on the line”. Put what could hurt you out of reach, or leave the room. {line}"
)
LIFE_TALKING = N_("Good. Stay with them. Everything here waits, for days if need be.")
LIFE_LATER = N_("That's right. It waits. {line}")
LIFE_NOT_THAT = N_("Thank you for telling me. I asked because it matters more than anything else here.")

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
CONTROL_LINE = N_(" Then {numbers}.")

CONTROLLER = N_("Can you write freely now? Yes or no is enough.")
CONTROLLER_NO = N_("All right. Close this when you have to. I won't write first.")

MINOR = N_(
    "You are not in trouble, and it isn't your fault.\n"
    "1. Pay nothing, send nothing more, and don't answer them. Don't send pictures here either.\n"
    "2. Tell a grown-up you trust today.\n"
    "3. {line}\n\n"
    "I won't ask your name, school or address."
)
MINOR_LINE = N_("Call **{number}** ({name}): you can talk to them about this.")
MINOR_NOWHERE = N_("Call a children's helpline or the police where you are.")
MINOR_TAKE_DOWN = N_("Pictures can be taken down: type **{number}** ({name}) by hand.")

MONEY = N_(
    "**First these three, the sooner the better:**\n"
    "1. Still on the call or sharing your screen? Hang up. If you can't, switch that phone off and use another.\n"
    "2. {first}\n"
    "3. {second}\n\n"
    "Send nothing more, and keep every record. I'm not the police, and I can't freeze money."
)
MONEY_CALL = N_("Call **{number}** ({name}) and say: “{ask}” Read out payee, account, bank, amount and minute.")
MONEY_BANK = N_(
    "Call your own bank (the number on your card): block card and online banking; ask whether this can still be stopped."
)
MONEY_BANK_ASK = N_(
    "Call your own bank (the number on your card) and say: “{ask}” Have card and online banking blocked."
)
MONEY_REPORT = N_("Then report it: {numbers}.")
MONEY_POLICE_HERE = N_("Tell the police where you are: payee, account, amount, exact minute.")
MONEY_CRYPTO = N_(
    "Tell the exchange you sent it from: “fraud, please freeze”, with the transaction hash, the wallet and the time."
)
MONEY_GIFT_CARD = N_("Call the maker of the gift card, with card and slip in hand: ask them to stop it.")
NUMBER = N_("**{number}** ({name})")
TYPED = N_("**{number}** (type it by hand; {name})")
MONEY_CALLED = N_("Well done. That was the most important part.")
MONEY_CANNOT = N_(
    "Keep trying; ask someone beside you to call for you, or go to the nearest branch or police station with your ID. You have done nothing wrong by calling."
)

TRAVEL = N_(
    "**Don't go on.** Don't board, don't cross, don't hand over your passport.\n"
    "Go to any uniformed officer or counter and say: “I think I am being trafficked. Help me.”{line}"
)
TRAVEL_LINE = N_("\nOr call {numbers}")
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
MULE_POLICE = N_("Then tell the police: {numbers}.")
MULE_GIVEN = N_(
    "Have the bank cancel it now, and the SIM card too if you gave one. Say that it is in strangers' hands."
)
MULE_CANNOT = N_("Then let someone you trust call with you. Until then touch nothing in that account.")

HELD = N_(
    "**Don't pay yet, and don't refuse outright.** Say you are gathering the money and must first speak with them. Ask the police how to answer.\n{lines}\n"
    "Keep the account, numbers, deadline and messages. Wait until your own person writes; don't press for the place, don't post it in groups.\n\n"
    "Whoever says they can get someone out for money may be a swindler too."
)
HELD_POLICE = N_("{step}. Call {numbers}, or go there: someone is held abroad, and what is demanded.")
HELD_POLICE_HERE = N_("{step}. Go to the police where you are: someone is held abroad, and what is demanded.")
HELD_CONSULAR = N_("{step}. Call {numbers}")
FROM_ABROAD = N_("from abroad {number}")
HELD_INSIDE = N_("Then only short: stay unnoticed, delete this when you have to. {line}\nCan you write freely now?")

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
            card = Card(
                voice.say(LIFE_ASK, lines=life_lines(book, voice)), ("life:talking", "life:alone", "life:not-that")
            )
        case Danger.LIVE_CONTROL:
            card = Card(
                voice.say(CONTROL, line=_control_line(book, voice)),
                ("control:other-phone", "control:cannot", "control:not-now"),
            )
        case Danger.CONTROLLER:
            return Reply(
                voice.say(CONTROLLER),
                (voice.button("controller:yes"), voice.button("controller:no")),
                silent=True,
                urgent=True,
            )
        case Danger.MINOR:
            card = Card(voice.say(MINOR, line=_minor_line(book, voice)), ("minor:go-on", "minor:adult", "minor:later"))
        case Danger.MONEY_GONE:
            first, second = _money_steps(book, session, voice)
            card = Card(voice.say(MONEY, first=first, second=second), ("money:called", "money:cannot"))
        case Danger.TRAVEL:
            card = Card(
                voice.say(TRAVEL, line=_travel_line(book, voice)), ("travel:away", "travel:with-them", "travel:papers")
            )
        case Danger.MULE:
            card = Card(voice.say(MULE, second=_mule_line(book, voice)), ("mule:called", "mule:given", "mule:cannot"))
    buttons = (*(voice.button(button) for button in card.buttons), voice.not_here())
    return Reply(_with_place(voice, card.text), buttons, silent=session.quiet, urgent=True)


def held_card(book: Book, session: Session) -> Reply:
    voice = book.voice(session)
    police = numbers(voice, book.hotlines.find(voice.country, Situation.POLICE)[:1])
    lines = [voice.say(HELD_POLICE, step=1, numbers=police) if police else voice.say(HELD_POLICE_HERE, step=1)]
    lines += [
        voice.say(HELD_CONSULAR, step=2, numbers=consular(voice, hotline))
        for hotline in book.hotlines.find(voice.country, Situation.CONSULAR)[:1]
    ]
    text = voice.say(HELD, lines="\n".join(lines))
    ids = ("held:today", "held:days", "held:not-said", "held:inside")
    buttons = (*(voice.button(button) for button in ids), voice.not_here())
    return Reply(_with_place(voice, text), buttons, silent=True, urgent=True)


def safety_question(book: Book, session: Session) -> Reply:
    voice = book.voice(session)
    ids = ("safety:only-me", "safety:someone", "safety:danger")
    return Reply(voice.say(SAFETY), tuple(voice.button(button) for button in ids), silent=True, urgent=True)


def consular(voice: Voice, hotline: Hotline) -> str:
    """A consular line with its form from abroad and what to press."""
    parts = [number(voice, hotline)]
    if hotline.from_abroad:
        parts.append(voice.say(FROM_ABROAD, number=hotline.from_abroad))
    if hotline.notes is not None:
        parts.append(voice.texts(hotline.notes))
    return voice.list(parts)


def number(voice: Voice, hotline: Hotline) -> str:
    form = TYPED if hotline.kind is Way.WEB else NUMBER
    return voice.say(form, number=hotline.number, name=voice.texts(hotline.name))


def numbers(voice: Voice, hotlines: tuple[Hotline, ...]) -> str:
    return voice.list([number(voice, hotline) for hotline in hotlines])


def life_lines(book: Book, voice: Voice) -> str:
    found = book.hotlines.find(voice.country, Situation.LIFE)
    lines = [
        voice.say(LIFE_LINE, number=line.number, name=voice.texts(line.name), hours=voice.texts(line.hours))
        for line in found
        if line.kind is not Way.WEB and Situation.POLICE not in line.situations
    ][:2]
    if not lines:
        return voice.say(LIFE_NOWHERE)
    emergency = [line for line in found if Situation.POLICE in line.situations][:1]
    lines += [voice.say(LIFE_EMERGENCY, number=line.number) for line in emergency]
    return "\n".join(lines)


def _with_place(voice: Voice, text: str) -> str:
    if voice.country is None or voice.country not in PLACES:
        return text
    return f"{text}\n\n{voice.say(NUMBERS_FOR, place=voice.place(voice.country))}"


def _control_line(book: Book, voice: Voice) -> str:
    found = _money_lines(book, voice)[:1]
    return voice.say(CONTROL_LINE, numbers=numbers(voice, found)) if found else ""


def _minor_line(book: Book, voice: Voice) -> str:
    lines = book.hotlines.find(voice.country, Situation.CHILD)
    said = [
        voice.say(MINOR_LINE, number=line.number, name=voice.texts(line.name))
        for line in lines
        if line.kind is Way.CALL
    ][:1]
    said += [
        voice.say(MINOR_TAKE_DOWN, number=line.number, name=voice.texts(line.name))
        for line in lines
        if line.kind is Way.WEB
    ][:1]
    return voice.join(said) or voice.say(MINOR_NOWHERE)


def _money_lines(book: Book, voice: Voice) -> tuple[Hotline, ...]:
    """Who can stop money there: first those that freeze it, then those that take the report; never a line that only warns."""
    found = [
        line
        for situation in (Situation.BANK_RECALL, Situation.ANTI_FRAUD, Situation.POLICE)
        for line in book.hotlines.find(voice.country, situation)
        if line.kind is Way.CALL and not line.warns_only
    ]
    return tuple(sorted(_each_once(found), key=lambda line: not line.freezes_money))


def _each_once(lines: Iterable[Hotline]) -> tuple[Hotline, ...]:
    return tuple({line.number: line for line in lines}.values())


def _money_steps(book: Book, session: Session, voice: Voice) -> tuple[str, str]:
    lines = _money_lines(book, voice)
    ask = book.hotlines.ask(voice.country)
    rails = {fact.value for fact in session.report.facts_of(ObservableType.RAIL)}
    if session.report.answers.get("rail"):
        rails.add(session.report.answers["rail"])
    if lines and ask is not None and lines[0].situations == (Situation.BANK_RECALL,):
        # The number puts one through to one's own bank: then whom to tell comes second.
        first = voice.say(MONEY_CALL, number=lines[0].number, name=voice.texts(lines[0].name), ask=voice.texts(ask))
        second = _report_step(book, voice, lines[1:])
    elif lines and lines[0].freezes_money and ask is not None:
        first = voice.say(MONEY_CALL, number=lines[0].number, name=voice.texts(lines[0].name), ask=voice.texts(ask))
        second = voice.say(MONEY_BANK)
    else:
        first = voice.say(MONEY_BANK_ASK, ask=voice.texts(ask)) if ask is not None else voice.say(MONEY_BANK)
        second = _report_step(book, voice, lines)
    if "crypto" in rails or session.report.facts_of(ObservableType.WALLET):
        if lines and lines[0].freezes_money:
            return first, voice.say(MONEY_CRYPTO)
        return voice.say(MONEY_CRYPTO), second
    if "gift-card" in rails:
        return voice.say(MONEY_GIFT_CARD), second if not (lines and lines[0].freezes_money) else first
    return first, second


def _report_step(book: Book, voice: Voice, lines: tuple[Hotline, ...]) -> str:
    online = book.hotlines.find(voice.country, Situation.REPORT_ONLINE)
    report = (*(line for line in lines if line.takes_reports), *(line for line in online if line.kind is Way.WEB))
    if not report:
        return voice.say(MONEY_POLICE_HERE)
    return voice.say(MONEY_REPORT, numbers=numbers(voice, _each_once(report)[:2]))


def _travel_line(book: Book, voice: Voice) -> str:
    found = (
        *book.hotlines.find(voice.country, Situation.POLICE)[:1],
        *book.hotlines.find(voice.country, Situation.TRAFFICKING)[:1],
    )
    said = [number(voice, line) for line in _each_once(found)]
    said += [consular(voice, line) for line in book.hotlines.find(voice.country, Situation.CONSULAR)[:1]]
    return voice.say(TRAVEL_LINE, numbers=voice.list(said)) if said else ""


def _mule_line(book: Book, voice: Voice) -> str:
    found = book.hotlines.find(voice.country, Situation.POLICE)[:1]
    return voice.say(MULE_POLICE, numbers=numbers(voice, found)) if found else voice.say(MONEY_POLICE_HERE)
