"""Every sentence the bot says beside its cards, in English; bot/locales holds the other languages."""

from types import MappingProxyType

from bot.conversation.events import Attachment


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name, which its tools look for
    """Marks a sentence for the translators."""
    return sentence


OPENING = N_(
    "Tell me what happened, in your own words: one message or many. "
    "You can paste a message, a link or a number.\n\n"
    "I'm a program; people read what you file. No name needed."
)
TELL_CHEATED = N_("I'm sorry. Tell me what happened: what they said, what you paid and how. Any order is fine.")
TELL_CHECK = N_("Paste what they sent, or tell me what they want you to do.")
TELL_INSIDER = N_("Tell me only what cannot harm you: where, what they do, who runs it. No name of yours.")
TELL_HELD = N_("Who is held or out of reach, since when, and where did they go? Write what you know.")
TELL_MULE = N_(
    "What were you asked to do: lend an account or card, receive money, pass it on? Tell me in your own words."
)
TELL_MORE = N_("Tell me a little more: what did they say, or want from you?")
TELL_INSIDE = N_("Only what you can, short is enough: where you are, who runs it, what they make you do.")
TELL_ANY = N_("Tell me what happened, as much or as little as you like.")
WHICH_KIND = N_("What is it about?")
RETURNED = N_("You had begun to tell me something. Nothing has been sent. Go on with it?")
CONTINUED = N_("Good. Here is where we were.")
STARTED_OVER = N_("What you told me before is erased. Begin again whenever you like.")

WARN = N_("**This looks like a known scam: {name}.** Why: {evidence}.")
WARN_TOLD = N_("This is very like **{name}**: {evidence} — that is how it is done.")
WARN_CALM = N_("**Known pattern: {name}.** {gist}")
NEXT_PAID = N_("What usually comes next is “one more payment, and it all comes back”. That is false too.")
SIMILAR = N_("This may be honest, or it may be a known scam: **{name}**. {gist}")
SIMILAR_THREAT = N_("It may be a known scam: **{name}**. {gist}")
SIMILAR_TOLD = N_("It may be a known scam: **{name}**. {gist} The staff will look at it.")
NOT_THAT = N_("Then it is less like that one. **That does not make it safe.**")
UNKNOWN = N_("I don't know this one. **That does not make it safe.**")
UNKNOWN_DO = N_(
    "Pay nothing, give no code, and ask the company or person yourself, on a number you look up, not one they sent."
)
UNKNOWN_TOLD = N_("I don't know this kind yet. The staff will read it all the same.")
DID_ANYTHING = N_("Did you do anything with it?")
NOTHING_DONE = N_("Good.")
GIVEN = N_(
    "Call your bank now (the number on your card): have the card and online banking blocked. "
    "Then change the password, on a phone or computer they never touched."
)
GIVEN_WALLET = N_(
    "Whoever has a wallet's words or key has the wallet: on a clean phone or computer make a new one now and move over "
    "what is left. A login at an exchange: have the account frozen there, then change the password."
)
IDENTITY_GIVEN = N_(
    "With your ID they can borrow money or open accounts in your name. "
    "Ask the credit bureau for your report and for an alert on it; have the paper itself replaced where that can be done."
)
KEEP_PROOF = N_("Before you delete it, take a screenshot.")
FORWARD_TEXT = N_("Before you delete it, take a screenshot, and forward the text to {number}.")
CHECK_FIRST = N_(
    "As long as nothing is paid, nothing is lost. Ring whoever it is said to be on a number you had before, not on one of theirs. "
    "Somebody else is paying and won't listen? Ring their bank's branch or hotline: “Please stop this, it is fraud.”"
)
CHEATED_AGAIN = N_(
    "**Careful:** whoever says they can bring the money back for a fee, a tax or a deposit cheats you once more, "
    "also as police, lawyer, bank or hacker. Pay nothing, give no code, let them into no device."
)
MONEY_BACK = N_(
    "Nobody can promise that; whoever does, for a fee, is a swindler. Sometimes it works when bank and police hear of it at once, "
    "sometimes after days. It costs nothing to ask them."
)
WHAT_NOW = N_(
    "People read it; how soon, I can't promise. When they have a question or have decided, your receipt shows it: send it to me here, any time."
)
OFFICIAL_WARNING = N_(
    "{number} is the police's warning line: a call or text from it mostly means that somebody may be cheating you. Answer it. "
    "It never asks for money, codes, an app or a shared screen; whoever does is not it. Unsure? Hang up and dial {number} yourself.\n\n"
    "Did somebody want money or data from you these days? Tell me."
)
REPORT_TOO = N_("Shall I pass it on to the staff here as well?")
CLOSED = N_("All right. Nothing was sent or kept. Write again whenever you need to.")
WATCHED_FOR = N_(
    "Kept for 90 days, and then erased. I can't write to you first here: what becomes of it waits under this code."
)
WATCHED_WRITE = N_(
    "Kept for 90 days, and then erased. Once there is an answer I write here, and no more than that: this code opens it."
)
NOTICE = N_("There is an answer; your receipt opens it.")

NOTED = N_("Noted: **{facts}**.")
NOTED_NOTHING = N_("I have your words as you wrote them.")
INVITE_PAYEE = N_("The other side's account, name and the exact minute? Send them if you have them, or just submit.")
INVITE_MORE = N_("Anything to add? Send it, or just submit.")
INVITE_INSIDE = N_("If you can: where you are, which building, who runs it. Or just submit.")
INVITE_CRYPTO = N_("The transaction hash, the wallet and the coin? Send them if you have them, or just submit.")
INVITE_HASH = N_("The transaction hash? Send it if you have it, or just submit.")
REACHED_BY = N_("to reach you: {value}")
UNCHECKED = N_("{value} (not checked)")
NOT_SENT = N_("Nothing is sent yet: “{button}” sends it.")
ADDED_LINE = N_("Added.")
TELLING_FULL = N_("I have as much as I can hold in one report. Submit it, and add the rest afterwards.")
TODAY = N_("today")
YESTERDAY = N_("yesterday")

ASK_MONEY_LEFT = N_("Has any money left you, or did you give them a card, a password or a code?")
ASK_AMOUNT = N_("How much was it, about?")
EXAMPLE_AMOUNT = N_("For example: {example}")
ASK_WHEN = N_("When did the last payment go out?")
EXAMPLE_WHEN = N_("For example: today 14:05, or three days ago")
ASK_RAIL = N_("How did the money go?")
ASK_PAYEE = N_("Who was it paid to: name, account, bank, or wallet?")
ASK_HELD_PLACE = N_("What did they call the place or the company, and who offered the job?")
ASK_CAN_LEAVE = N_("Can you leave?")
ASK_INSIDER_WHAT = N_("What do they do there, and who runs it? Only what cannot harm you.")
ASK_MULE_FLOW = N_("Has money already gone through your account?")
ASK_CONTACT = N_("You need not say, the receipt is enough: how may the staff reach you?")
ASK_DEADLINE = N_("Did they set a deadline?")
NOT_READ = N_("I couldn't read that as an answer.")
LEFT_OUT = N_("Never mind, we'll leave that one out.")
NOT_READ_TWICE = N_("Never mind: you can skip this one.")
CAN_LEAVE = N_("Then go when you are sure you can, and tell nobody there. Write to me from outside.")
CANNOT_LEAVE = N_("Then don't risk it for this. What you write helps all the same.")
CHANGE_WHAT = N_("What shall I change?")
CHANGE_TELLING = N_("What you wrote is erased; the rest stands. Tell it again.")
ASK_PLACE = N_("Where are you now? The numbers to call depend on it.")
PLACE_SET = N_("Understood: {place}.")
PLACE_OTHER = N_("Then I name no number, for a wrong one costs time: call the police and your bank where you are.")
ASK_LANGUAGE = N_("Which language?")
NUMBERS_FOR = N_("Numbers for {place}.")
WHICH_DANGER = N_("Who or what is it about?")
STOPPING = N_("Nothing has been sent. Keep what you wrote until you come back, or erase it now?")
KEPT = N_("Kept. It waits here until you come back, and is erased by itself after three days.")
STALE = N_("That button belongs to an earlier message. Here is where we are:")
ALREADY_FILED = N_("That is filed already, once.")
NOTHING_BACK = N_("There is nothing further back.")

FILED = N_("I've noted it all down; a person will read it.")
FILED_NOT_POLICE = N_("**This is not a report to the police.**")
FILED_CALL = N_("If you have not told them yet, call {number}.")
FILED_TYPE = N_("If you have not reported it yet: {number}.")
FILED_SCRIPT = N_("What to read out is ready: “{button}”.")
RECEIPT = N_(
    "Your receipt is **{receipt}**. It is shown only this once; with it you can look, add or withdraw, anywhere."
)
RECEIPT_MEMORISE = N_(
    "Your receipt is **{receipt}**. Better learnt by heart than written down: whoever has it can see that you wrote. "
    "It is shown only this once."
)
FILED_WARNING = N_(
    "Whoever says they can get the money back for a fee is a swindler too, even if they say they are a lawyer, the police or us. "
    "We never ask for money or codes. They do this for a living; it is not your fault."
)
FILED_CALM = N_("We never ask for money or codes.")
FILED_QUIET = N_("I won't write first.")
FILED_ADD = N_("Add to it whenever you like: just write here.")
ADDED_TO_TIP = N_("Added to your report.")
ANSWER_PASSED = N_("Thank you. Your answer went to the staff.")
SCRIPT_TITLE = N_("To read out. Only you see this; fill in your own details aloud, not here.")

RECEIPT_UNKNOWN = N_("No report opens with this code. Check each letter: one wrong, and it stays shut.")
RECEIPT_LIMITED = N_("That was tried too often. Please try again in {minutes} minutes.")
RECEIPT_SHOWS = N_("Your report of {date}: {state}")
STATE_NEW = N_("it waits to be read.")
STATE_CLAIMED = N_("someone is looking at it.")
STATE_WAITING = N_("there is a question for you.")
STATE_DECIDED = N_("it has been read and decided.")
STATE_MERGED = N_("it has been read, and joins what we already know of this.")
STATE_WITHDRAWN = N_("withdrawn. What you wrote is erased within a day.")
STATE_ERASED = N_("closed; its content is erased.")
VERDICT_CONFIRMED = N_("It is a known scam, and your report is used against it.")
VERDICT_NEW_KIND = N_("It is a new kind of scam; others will be warned because of you.")
VERDICT_DUPLICATE = N_("It joins what we already know of this.")
VERDICT_UNFOUNDED = N_("We found no sign of a scam in it. That is no promise that it is safe.")
VERDICT_INSUFFICIENT = N_("There was too little to act on. If you know more, add it.")
VERDICT_PASSED_ON = N_("It was passed on to the authority responsible.")
VERDICT_PASSED_ON_TO = N_(
    "It was passed on to: {authority}. Whoever says they call from there and asks for money or codes is a swindler."
)
STAFF_ASK = N_("They ask: {text}")
STAFF_SAY = N_("They write: {text}")
WRITE_ANSWER = N_("Write your answer; it goes straight to the staff.")
WRITE_ADDITION = N_("Write what you want to add; it goes straight to the staff.")
WITHDRAW_SURE = N_("Withdraw the report? What you wrote is erased within a day; only its state and dates remain.")
WITHDRAWN = N_("Withdrawn. What you wrote is erased within a day.")
TIP_GONE = N_("That report is closed; nothing can be added to it any more. You can file a new one.")
DONT_REMEMBER = N_("I don't remember.")

HELP = N_(
    "Write what happened, or press a button. I ask little, and you can skip everything. “Stop” ends it; nothing is sent before you submit."
)
HELP_PRIVACY = N_(
    "What you tell is stored locked: only the staff can open it. I never ask for ID numbers, passwords, codes or pictures of ID."
)
STICKER = N_("I can only read words. A few are enough.")
VOICE = N_("I can't listen to recordings yet. Could you write it in a few words?")
PICTURE = N_("I can't look at pictures here yet. Could you write what is on it: the words, the number, the link?")
FILE_COMING = N_("Got it. One moment.")
PICTURE_READ = N_("I read on it: {words}. The picture stays locked with what you tell me.")
FILE_READ = N_("I read in it: {words}. The file stays locked with what you tell me.")
PICTURE_KEPT = N_(
    "The picture stays locked with what you tell me; a person will look at it. What does it say: the words, the number, the link?"
)
RECORDING_KEPT = N_(
    "The recording stays locked with what you tell me; a person will listen to it. I can't, so a few written words help now."
)
FILE_KEPT = N_("The file stays locked with what you tell me; a person will read it. What does it say, in a few words?")
FILE_TOO_BIG = N_("That is too big for me: {limit} MB fit. A screenshot, a shorter piece or a few words will do.")
FILE_TOO_MANY = N_("I hold {most} files with one report, and no more. Words still fit.")
FILE_EMPTY = N_("There is nothing in that file. Please send it again, or write what it says.")
FILE_UNSUPPORTED = N_(
    "I can hold pictures, recordings and PDFs, and that is none of these. A screenshot of it will do, or its words."
)
FILE_LOST = N_("I couldn't get that file, and have not kept it. Please send it again, or write what it says.")
FILE_KNOWN = N_("I have that one already.")
SENT = MappingProxyType(
    {
        Attachment.PICTURE: N_("(a picture)"),
        Attachment.VOICE: N_("(a recording)"),
        Attachment.VIDEO: N_("(a video)"),
        Attachment.FILE: N_("(a file)"),
    }
)
"""Stands where words would."""
PICTURES_ERASED = N_(
    "What you sent before is erased; please send no pictures here. You are not in trouble. Words are enough."
)
PICTURE_REFUSED = N_(
    "Please don't send pictures here; none was looked at or kept. You are not in trouble. Words are enough."
)
EMPTY = N_("I see no words in that. What happened?")
WHO = N_("I'm a program, and not the police. What you file here, people read.")
THANKED = N_("I'm glad you wrote. I'm here whenever you need me.")
SEND_RECEIPT = N_("Send me the receipt, and I show how that report stands.")
ERASE = N_("“Stop” erases what you wrote here, and “Quick way out” clears this chat as well. Nothing was sent.")
ERASE_FILED = N_(
    "To erase the report, send me its receipt and press “Withdraw”. “Quick way out” clears what can be cleared of this chat."
)
INSULT = N_("You have reason to be angry. I'm here when you want to go on.")
TOO_LONG = N_(
    "That is longer than I can take at once ({length} characters; {limit} fit). Send it in parts; nothing is lost."
)
CLEARED = N_(
    "What can be cleared here is cleared; nothing was sent. I can't clear the rest: "
    "delete this page from your browser's history, or this chat from the app, and close it."
)
CLEARED_FILED = N_(
    "What can be cleared here is cleared; what you filed stays filed. I can't clear the rest: "
    "delete this page from your browser's history, or this chat from the app, and close it."
)
TOO_MANY = N_("That is a lot of messages at once. What you filed is kept; please go on in {minutes} minutes.")
STORAGE_FULL = N_(
    "I couldn't save that just now, so nothing new was sent. Please try again in a few minutes. If money has left, call your bank and the police now."
)
TROUBLE = N_("Something went wrong on our side, and your last message was not saved. Please send it again.")
