"""The labels of the buttons; a button's id never changes, its label is translated."""

from types import MappingProxyType

from bot.conversation.phrases import N_

LABELS = MappingProxyType(
    {
        # kinds of report
        "kind:cheated": N_("I was cheated"),
        "kind:check": N_("Is this a scam?"),
        "kind:held": N_("Someone is held"),
        "kind:mule": N_("I was asked to move money"),
        "kind:insider": N_("I know who does it"),
        # standing
        "money": N_("Money has left"),
        "danger": N_("Someone is in danger"),
        "watched": N_("I am being watched"),
        "exit": N_("Quick way out"),
        "language": N_("Language"),
        "help": N_("Help"),
        "place": N_("Elsewhere"),
        "place:choose": N_("Choose where I am"),
        # cards
        "money:called": N_("I've called"),
        "money:cannot": N_("Can't get through / don't dare"),
        "life:talking": N_("I'm with someone now"),
        "life:alone": N_("I'm alone"),
        "life:other": N_("It's about someone else"),
        "life:me": N_("It's about me"),
        "life:not-that": N_("It isn't that"),
        "life:go-on": N_("Go on with the report"),
        "life:later": N_("Not now"),
        "control:other-phone": N_("I'm on another phone"),
        "control:cannot": N_("I can't switch it off"),
        "control:not-now": N_("It isn't like that"),
        "controller:yes": N_("Yes"),
        "controller:no": N_("No"),
        "minor:go-on": N_("Tell what happened"),
        "minor:adult": N_("I'm not a child"),
        "minor:no-child": N_("It isn't about a child"),
        "minor:later": N_("Not now"),
        "travel:away": N_("I'm away from them"),
        "travel:with-them": N_("They are with me"),
        "travel:papers": N_("They have my passport"),
        "travel:go-on": N_("Go on"),
        "travel:not-going": N_("I won't go"),
        "travel:still": N_("I still want to go"),
        "travel:stayed": N_("They are staying"),
        "travel:not-reached": N_("I can't reach them"),
        "travel:me": N_("It's about me"),
        "mule:called": N_("I've called"),
        "mule:given": N_("I've handed over a card"),
        "mule:cannot": N_("I can't"),
        "held:today": N_("Today"),
        "held:days": N_("In some days"),
        "held:not-said": N_("None was said"),
        "held:inside": N_("I'm in there myself"),
        "held:out": N_("I got out and am not home"),
        "held:home": N_("I got out and am home"),
        "safety:only-me": N_("Only me"),
        "safety:someone": N_("Someone can"),
        "safety:danger": N_("I'm in danger"),
        "which:life": N_("I can't go on living"),
        "which:held": N_("Someone is held"),
        "which:travel": N_("I'm about to travel to a job"),
        "which:minor": N_("It is about a child"),
        "which:controller": N_("Someone controls me"),
        # check
        "exposure:nothing": N_("Nothing"),
        "exposure:opened": N_("Opened it"),
        "exposure:given": N_("Gave card or password"),
        "exposure:paid": N_("Paid"),
        "clarify:yes": N_("Yes"),
        "clarify:no": N_("No"),
        "clarify:unsure": N_("Not sure"),
        "offer:yes": N_("Report it here too"),
        "offer:no": N_("No, thanks"),
        "watch": N_("Tell me if it turns out to be a scam"),
        # questions
        "skip": N_("Skip"),
        "back": N_("Back"),
        "dont-know": N_("I don't know"),
        "stop": N_("Stop"),
        # review
        "submit": N_("Submit"),
        "change": N_("Change"),
        "discard": N_("Don't submit"),
        "change:telling": N_("What I wrote"),
        "change:amount": N_("Amount"),
        "change:when": N_("Time"),
        "change:rail": N_("How it was paid"),
        "change:payee": N_("Who was paid"),
        "change:contact": N_("A way to reach me"),
        "change:kind": N_("What it is about"),
        # ends
        "keep": N_("Keep it"),
        "erase": N_("Erase it"),
        "resume": N_("Go on"),
        "restart": N_("Start anew"),
        "script": N_("Show me"),
        "aftercare": N_("What else helps"),
        "new": N_("A new report"),
        # receipt
        "receipt:answer": N_("Answer"),
        "receipt:dont-know": N_("I don't remember"),
        "receipt:add": N_("Add"),
        "receipt:withdraw": N_("Withdraw"),
        "withdraw:yes": N_("Yes, withdraw"),
        "withdraw:no": N_("No, leave it"),
        # answers to choose
        "answer:paid": N_("Money has left"),
        "answer:given": N_("Card, password or code"),
        "answer:nothing": N_("Neither"),
        "answer:bank-transfer": N_("Bank transfer"),
        "answer:card": N_("Card"),
        "answer:wallet-app": N_("Payment app"),
        "answer:crypto": N_("Virtual currency"),
        "answer:cash": N_("Cash"),
        "answer:gift-card": N_("Gift card"),
        "answer:yes": N_("Yes"),
        "answer:no": N_("No"),
        "answer:came-in": N_("It came in"),
        "answer:went-out": N_("It went out again"),
        "answer:none": N_("Nothing yet"),
    }
)

PLACES = MappingProxyType(
    {
        "CN": N_("mainland China"),
        "TW": N_("Taiwan"),
        "HK": N_("Hong Kong"),
        "MO": N_("Macau"),
        "SG": N_("Singapore"),
        "MY": N_("Malaysia"),
        "GB": N_("the United Kingdom"),
        "US": N_("the United States"),
        "CA": N_("Canada"),
        "AU": N_("Australia"),
        "TH": N_("Thailand"),
        "VN": N_("Vietnam"),
        "PH": N_("the Philippines"),
        "ID": N_("Indonesia"),
        "KH": N_("Cambodia"),
        "MM": N_("Myanmar"),
        "LA": N_("Laos"),
        "JP": N_("Japan"),
        "KR": N_("South Korea"),
        "IN": N_("India"),
        "AE": N_("the United Arab Emirates"),
        "TR": N_("Turkey"),
        "IE": N_("Ireland"),
        "DE": N_("Germany"),
        "FR": N_("France"),
        "IT": N_("Italy"),
        "ES": N_("Spain"),
        "PT": N_("Portugal"),
        "NL": N_("the Netherlands"),
        "CH": N_("Switzerland"),
        "NZ": N_("New Zealand"),
        "ZA": N_("South Africa"),
        "NG": N_("Nigeria"),
        "BR": N_("Brazil"),
        "MX": N_("Mexico"),
    }
)
KEPT_THERE = frozenset({"TH", "PH", "KH", "MM", "LA", "AE"})
"""Where compounds stand: who names one of these has more to say than where they live."""
NEAREST = ("CN", "TW", "HK", "MO")
"""On the first screen of places, before the regions."""
REGIONS = MappingProxyType(
    {
        "southeast-asia": ("SG", "MY", "TH", "VN", "PH", "ID", "KH", "MM", "LA"),
        "asia": ("JP", "KR", "IN", "AE", "TR"),
        "europe": ("GB", "IE", "DE", "FR", "IT", "ES", "PT", "NL", "CH"),
        "america": ("US", "CA", "MX", "BR"),
        "oceania-africa": ("AU", "NZ", "ZA", "NG"),
    }
)
"""The rest by region, so that no screen has more than ten buttons."""
REGION_NAMES = MappingProxyType(
    {
        "southeast-asia": N_("Southeast Asia"),
        "asia": N_("Elsewhere in Asia"),
        "europe": N_("Europe"),
        "america": N_("America"),
        "oceania-africa": N_("Oceania, Africa"),
    }
)
NOT_IN = N_("Not in {place}")
SOMEWHERE_ELSE = N_("Somewhere else")

LANGUAGES = MappingProxyType({"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"})
"""In their own languages: someone who can't read the screen must find theirs."""
