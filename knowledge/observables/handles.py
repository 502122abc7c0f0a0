"""Account names on messengers and the like: "微信号 abc_123", "LINE ID: abc", "t.me/abc", "@abc"."""

import re
from collections.abc import Iterator

from knowledge.observables.finding import Find, Rank
from knowledge.observables.observable import ObservableType
from knowledge.observables.plain import Plain
from knowledge.observables.vocabulary import Vocabulary


class HandleFinder:
    """Built once from the words that announce an account name."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._platforms = {word.lower(): name.id for name in vocabulary.names for word in name.ids}
        words = "|".join(re.escape(word) for word in sorted(self._platforms, key=lambda word: -len(word)))
        cue = rf"(?P<cue>(?<![a-z0-9@_])(?:{words}))"
        self._cue = re.compile(rf"{cue}(?![a-z])")
        self._named = re.compile(
            rf"{cue}[ ,(「【]{{0,2}}(?P<strong> ?(?:号码|号|账号|帐号|用户名|(?<![a-z])(?:id|username|handle)))?"
            rf"(?P<colon> {{0,2}}(?:[:=]|是|为|叫|\bis\b)?)[ \n]{{0,2}}[「『“\"【\[]?"
            rf"(?P<id>@?[a-z0-9][a-z0-9_.-]{{2,31}})(?![a-z0-9@])"
        )

    def find(self, plain: Plain) -> Iterator[Find]:
        """Values are "platform:name", in small letters; "unknown:name" where no word tells the platform."""
        for match in _LINK.finditer(plain.text):
            platform, name = _linked(match)
            yield _handle(platform, name, *match.span(), Rank.LINKED_HANDLE)
        text = plain.folded
        for match in self._named.finditer(text):
            platform = self._platforms[match["cue"]]
            name = match["id"].rstrip(".-_" if platform != "wechat" else ".")
            if self._is_name(platform, name, match):
                yield _handle(platform, name, match.start("id"), match.start("id") + len(name), Rank.NAMED_HANDLE)
        for match in _ALONE.finditer(text):
            group = "at" if match["at"] else "id"
            name = match[group].rstrip(".-")
            if any(map(str.isalpha, name)):
                platform = self._platform_before(text, match.start())
                yield _handle(platform, name, match.start(group), match.start(group) + len(name), Rank.HANDLE)

    def _platform_before(self, text: str, start: int) -> str:
        """The platform mentioned last before `start`, if that was near."""
        before = [found["cue"] for found in self._cue.finditer(text, max(0, start - 40), start)]
        return self._platforms[before[-1]] if before else "unknown"

    def _is_name(self, platform: str, name: str, match: re.Match[str]) -> bool:
        """Digits are a name on QQ, and on LINE after "ID"; a word is one if something says so: 号, a colon, a digit."""
        if name.isdecimal():
            may_be_digits = platform == "qq" or (
                platform == "line" and (match["strong"] or match["cue"].endswith("id"))
            )
            return bool(may_be_digits) and 5 <= len(name) <= 11 and not name.startswith("0")
        if platform == "qq" or len(name.lstrip("@")) < _SHORTEST.get(platform, 3):
            return False
        if "." in name and re.search(r"\.(?:com|net|org|cn|tw|hk|top|me|ee|app)(?:\.|$)", name):
            return False
        if platform == "wechat" and not name[0].isalpha():
            return False
        if name.startswith("@") or re.search("[0-9_]", name) or match["strong"] or _SAYS_ID.search(match["cue"]):
            return match["strong"] is not None or bool(match["colon"].strip()) or re.search("[0-9_@]", name) is not None
        if not match["colon"].strip() or not name[0].isalpha():
            return False
        # "Telegram: hello there" is someone speaking, "Telegram: johnsmith." is a name.
        return not re.match(r" ?[a-z]|'", match.string[match.end() : match.end() + 2])


def _handle(platform: str, name: str, start: int, end: int, rank: Rank) -> Find:
    return Find(ObservableType.HANDLE, f"{platform}:{name.lstrip('@')}", start, end, rank, checked=True)


def _linked(match: re.Match[str]) -> tuple[str, str]:
    """Platform and name of a link to an account. Invitations keep their case: it counts there."""
    if match["whatsapp"]:
        return "whatsapp", f"+{match['whatsapp'].lstrip('+')}"
    if match["telegram"]:
        invitation = match["telegram"].startswith("+") or "/joinchat/" in match[0].lower()
        return "telegram", match["telegram"] if invitation else match["telegram"].lower()
    if match["line"]:
        return "line", match["line"] if re.search(r"/p/[^@~%]", match[0]) else match["line"].lower()
    return ("whatsapp", match["group"]) if match["group"] else ("line", match["short"])


_SHORTEST = {"wechat": 5, "telegram": 4, "line": 3}
_SAYS_ID = re.compile(r"号$|id$|username$|handle$|^加|^\+")
# "@abc", and "ID: abc" with the platform further off or nowhere.
_ALONE = re.compile(
    r"(?<![a-z0-9._%+/@-])(?P<at>@[a-z0-9][a-z0-9_.]{2,30})(?![a-z0-9@-])"
    r"|(?<![a-z])id ?[:是] ?[「『“\"【\[]?(?P<id>[a-z0-9][a-z0-9_.-]{3,30})(?![a-z0-9@])"
)
_LINK = re.compile(
    r"(?<![A-Za-z0-9.])(?:https?://)?(?:www\.)?(?:"
    r"(?:t|telegram)\.(?:me|dog)/(?:s/|joinchat/)?(?P<telegram>\+?[A-Za-z0-9_-]{3,40})"
    r"|(?:wa\.me/|(?:api|web)\.whatsapp\.com/send/?\?(?:[a-z_]{1,20}=[^&\s]{0,40}&)?phone=)(?P<whatsapp>\+?[0-9]{7,15})"
    r"|chat\.whatsapp\.com/(?:invite/)?(?P<group>[A-Za-z0-9_-]{10,40})"
    r"|line\.me/(?:R/)?(?:ti/)?p/(?:@|~|%40)?(?P<line>[A-Za-z0-9._-]{3,40})"
    r"|lin\.ee/(?P<short>[A-Za-z0-9]{4,20})"
    r")(?:[/?][A-Za-z0-9?=&%_./-]{0,200}(?<![.?]))?",
    re.IGNORECASE,
)
