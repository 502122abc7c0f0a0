"""Whom to call: the lines of a card with the numbers of the place the person is in, and none where it is unknown."""

from collections.abc import Iterable

from bot.conversation.book import Book, Voice
from bot.conversation.buttons import PLACES
from bot.conversation.phrases import N_, NUMBERS_FOR
from bot.conversation.session import Session
from knowledge.hotlines import Hotline, Situation, Way

NUMBER = N_("**{number}** ({name})")
TYPED = N_("**{number}** (type it by hand; {name})")
FROM_ABROAD = N_("from abroad {number}")
LIFE_LINE = N_("Call **{number}** ({name}), {hours}.")
LIFE_EMERGENCY = N_("If it is happening now, call **{number}**.")
LIFE_NOWHERE = N_("Call the emergency number where you are, or a crisis line; go to someone you trust.")
CONTROL_LINE = N_(" Then {numbers}.")
MINOR_LINE = N_("Call **{number}** ({name}): you can talk to them about this.")
MINOR_MEETING = N_("If you are to meet them or to travel, or somebody is coming: don't go, call {number} first.")
MINOR_MEETING_NOWHERE = N_(
    "If you are to meet them or to travel, or somebody is coming: "
    "don't go, call the emergency number where you are first."
)
MINOR_MEETING_OF = N_(
    "If a meeting or a journey is planned, somebody is coming, or the child is out of reach: "
    "don't let them go, call {number} first."
)
MINOR_MEETING_OF_NOWHERE = N_(
    "If a meeting or a journey is planned, somebody is coming, or the child is out of reach: don't let them go, "
    "call the emergency number where you are first."
)
MINOR_NOWHERE = N_("Call a children's helpline or the police where you are.")
MINOR_TAKE_DOWN = N_("Pictures can be taken down: type **{number}** ({name}) by hand.")
MONEY_CALL = N_("Call **{number}** ({name}) and say: “{ask}” Read out payee, account, bank, amount and minute.")
MONEY_BANK = N_(
    "Call your own bank (the number on your card): block card and online banking; "
    "ask whether this can still be stopped."
)
MONEY_BANK_ASK = N_(
    "Call your own bank (the number on your card) and say: “{ask}” Have card and online banking blocked."
)
MONEY_REPORT = N_("Then report it: {numbers}.")
MONEY_POLICE_HERE = N_("Tell the police where you are: payee, account, amount, exact minute.")
MONEY_CRYPTO = N_(
    "Tell the exchange you sent it from: “fraud, please freeze”, with the transaction hash, the wallet and the time."
)
MONEY_HANDED = N_(
    "Call {numbers}: “I was cheated into handing over cash or gold.” "
    "Say where and when, what they looked like, which car or app brought them."
)
MONEY_HANDED_HERE = N_(
    "Call the police where you are: “I was cheated into handing over cash or gold.” "
    "Say where and when, what they looked like, which car or app brought them."
)
MONEY_POSTED = N_(
    "It may still be on its way: call the carrier (the number on the slip) or go to its counter: “Stop this parcel and "
    "send it back, it is fraud.” Have the tracking number ready."
)
MONEY_POSTED_POLICE = N_("Then call {numbers}: “I was cheated into sending cash or gold”, and to which address.")
MONEY_POSTED_POLICE_HERE = N_(
    "Then call the police where you are: “I was cheated into sending cash or gold”, and to which address."
)
MONEY_BANK_TOO = N_(
    "Do they have a card, a code or your login as well? Call your own bank (the number on your card) to block it."
)
MONEY_GIFT_CARD = N_("Call the maker of the gift card, with card and slip in hand: ask them to stop it.")
TRAVEL_LINE = N_("\nOr call {numbers}")
TRAVEL_LINE_OF = N_("\nCall {numbers}")
MULE_POLICE = N_("Then tell the police: {numbers}.")
MULE_POLICE_HERE = N_("Then tell the police where you are.")
HELD_POLICE = N_("{step}. Call {numbers}, or go there: say who is held, where, and what is demanded.")
HELD_POLICE_HERE = N_("{step}. Go to the police where you are: say who is held, where, and what is demanded.")
MISSING_POLICE = N_("{step}. Call {numbers}, or go there: who, where, since when; flight or route; who invited them.")
MISSING_POLICE_HERE = N_(
    "{step}. Go to the police where you are: who, where, since when; flight or route; who invited them."
)
HELD_CONSULAR = N_("{step}. If that is abroad: call {numbers}")


def number(voice: Voice, hotline: Hotline) -> str:
    form = TYPED if hotline.kind is Way.WEB else NUMBER
    return voice.say(form, number=hotline.number, name=voice.texts(hotline.name))


def numbers(voice: Voice, hotlines: tuple[Hotline, ...]) -> str:
    return voice.list([number(voice, hotline) for hotline in hotlines])


def consular(voice: Voice, hotline: Hotline) -> str:
    """A consular line with its form from abroad and the first thing its notes say: what to press."""
    parts = [number(voice, hotline)]
    if hotline.from_abroad and hotline.from_abroad != hotline.number:
        parts.append(voice.say(FROM_ABROAD, number=hotline.from_abroad))
    said = voice.list(parts)
    if hotline.notes is None:
        return said
    return voice.join([f"{said}{voice.stop}", voice.first_sentence(voice.texts(hotline.notes))])


def to_report(book: Book, voice: Voice) -> tuple[Hotline, ...]:
    """Where a loss is reported: the police's line for it, or their page; an emergency number only if it stops money."""
    found = [
        line
        for situation in (Situation.BANK_RECALL, Situation.ANTI_FRAUD, Situation.POLICE, Situation.REPORT_ONLINE)
        for line in book.hotlines.find(voice.country, situation)
        if line.takes_reports and (line.freezes_money or Situation.LIFE not in line.situations)
    ]
    return _each_once(found) or book.hotlines.find(voice.country, Situation.REPORT_ONLINE)


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


def emergency(book: Book, voice: Voice) -> Hotline | None:
    """The number for whoever is in danger now: the police's for lives, else the police's."""
    police = [line for line in book.hotlines.find(voice.country, Situation.POLICE) if line.kind is Way.CALL]
    return next((line for line in police if Situation.LIFE in line.situations), next(iter(police), None))


def control_line(book: Book, voice: Voice) -> str:
    found = _money_lines(book, voice)[:1]
    return voice.say(CONTROL_LINE, numbers=numbers(voice, found)) if found else ""


def minor_line(book: Book, voice: Voice, *, of_one: bool, pictured: bool) -> str:
    """`of_one`: who reads it speaks of a child. `pictured`: it may be about pictures, which can be taken down."""
    ways = ((Way.CALL, MINOR_LINE), *(((Way.WEB, MINOR_TAKE_DOWN),) if pictured else ()))
    lines = book.hotlines.find(voice.country, Situation.CHILD)
    said = [
        voice.say(form, number=line.number, name=voice.texts(line.name))
        for way, form in ways
        for line in [line for line in lines if line.kind is way][:1]
    ]
    line = emergency(book, voice)
    somewhere, nowhere = (
        (MINOR_MEETING_OF, MINOR_MEETING_OF_NOWHERE) if of_one else (MINOR_MEETING, MINOR_MEETING_NOWHERE)
    )
    first = voice.say(nowhere) if line is None else voice.say(somewhere, number=line.number)
    return voice.join([*(said or [voice.say(MINOR_NOWHERE)]), first])


def money_steps(book: Book, session: Session, voice: Voice) -> tuple[str, str]:
    """The second and third thing to do once money has left, by what the place and the way it went allow."""
    lines = _money_lines(book, voice)
    ask = book.hotlines.ask(voice.country)
    stops = bool(lines) and lines[0].freezes_money
    if stops and ask is not None:
        first = voice.say(MONEY_CALL, number=lines[0].number, name=voice.texts(lines[0].name), ask=voice.texts(ask))
        # Where the number puts one through to one's own bank, whom to tell comes second.
        puts_through = lines[0].situations == (Situation.BANK_RECALL,)
        second = _report_step(book, voice) if puts_through else voice.say(MONEY_BANK)
    else:
        first = voice.say(MONEY_BANK_ASK, ask=voice.texts(ask)) if ask is not None else voice.say(MONEY_BANK)
        second = _report_step(book, voice)
    if session.report.was_posted:
        police = book.hotlines.find(voice.country, Situation.POLICE)[:1]
        if not police:
            return voice.say(MONEY_POSTED), voice.say(MONEY_POSTED_POLICE_HERE)
        return voice.say(MONEY_POSTED), voice.say(MONEY_POSTED_POLICE, numbers=numbers(voice, police))
    if session.report.was_handed_over:
        police = book.hotlines.find(voice.country, Situation.POLICE)[:1]
        told = voice.say(MONEY_HANDED, numbers=numbers(voice, police)) if police else voice.say(MONEY_HANDED_HERE)
        return told, voice.say(MONEY_BANK_TOO)
    rails = session.report.rails
    if "crypto" in rails:
        # Money that went through a bank on its way to the coins may still be there.
        through_bank = stops or bool(rails & _BANK_WAYS)
        return (first, voice.say(MONEY_CRYPTO)) if through_bank else (voice.say(MONEY_CRYPTO), second)
    if "gift-card" in rails:
        return voice.say(MONEY_GIFT_CARD), _report_step(book, voice)
    return first, second


def _against_traffickers(book: Book, voice: Voice) -> tuple[Hotline, ...]:
    situations = (Situation.POLICE, Situation.TRAFFICKING)
    return _each_once(line for one in situations for line in book.hotlines.find(voice.country, one)[:1])


def whom_to_tell(book: Book, voice: Voice) -> str:
    """Who hears, at home, of those who trafficked somebody; empty where none is known."""
    return numbers(voice, _against_traffickers(book, voice))


def travel_line(book: Book, voice: Voice, *, of_another: bool) -> str:
    """`of_another`: who reads it is not who travels."""
    said = [number(voice, line) for line in _against_traffickers(book, voice)]
    said += [consular(voice, line) for line in book.hotlines.find(voice.country, Situation.CONSULAR)[:1]]
    form = TRAVEL_LINE_OF if of_another else TRAVEL_LINE
    return voice.say(form, numbers=voice.list(said)) if said else ""


def mule_line(book: Book, voice: Voice) -> str:
    found = tuple(line for line in to_report(book, voice) if line.kind is Way.CALL)[:1]
    return voice.say(MULE_POLICE, numbers=numbers(voice, found)) if found else voice.say(MULE_POLICE_HERE)


def held_lines(book: Book, voice: Voice, *, is_demanded: bool = True) -> str:
    police = numbers(voice, book.hotlines.find(voice.country, Situation.POLICE)[:1])
    call, here = (HELD_POLICE, HELD_POLICE_HERE) if is_demanded else (MISSING_POLICE, MISSING_POLICE_HERE)
    lines = [voice.say(call, step=1, numbers=police) if police else voice.say(here, step=1)]
    consulates = book.hotlines.find(voice.country, Situation.CONSULAR)[:1]
    lines += [voice.say(HELD_CONSULAR, step=2, numbers=consular(voice, line)) for line in consulates]
    return "\n".join(lines)


def with_place(book: Book, voice: Voice, text: str) -> str:
    """Whose numbers they are, where there are any."""
    own = [line.number for line in book.hotlines.every if line.country == voice.country]
    if voice.country is None or voice.country not in PLACES or not any(number in text for number in own):
        return text
    return f"{text}\n\n{voice.say(NUMBERS_FOR, place=voice.place(voice.country))}"


def consular_line(book: Book, voice: Voice) -> str:
    """What someone who is held can call: their own country's line; empty where there is none."""
    lines = book.hotlines.find(voice.country, Situation.CONSULAR)[:1]
    return "".join(consular(voice, line) for line in lines)


_BANK_WAYS = frozenset({"bank-transfer", "card"})


def _money_lines(book: Book, voice: Voice) -> tuple[Hotline, ...]:
    """Who can be called about money there, those that freeze it first; never a line that only warns."""
    found = [
        line
        for situation in (Situation.BANK_RECALL, Situation.ANTI_FRAUD, Situation.POLICE)
        for line in book.hotlines.find(voice.country, situation)
        if line.kind is Way.CALL and not line.warns_only
    ]
    return tuple(sorted(_each_once(found), key=lambda line: not line.freezes_money))


def _report_step(book: Book, voice: Voice) -> str:
    report = to_report(book, voice)[:2]
    return voice.say(MONEY_REPORT, numbers=numbers(voice, report)) if report else voice.say(MONEY_POLICE_HERE)


def _each_once(lines: Iterable[Hotline]) -> tuple[Hotline, ...]:
    return tuple({line.number: line for line in lines}.values())
