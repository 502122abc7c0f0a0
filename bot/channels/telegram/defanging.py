"""Links that people told of are shown broken: a tap must not lead to the swindler, nor show a preview of them."""

import re
from collections.abc import Collection

_LINK = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{1,12})://)?"
    r"(?P<host>[\w-]+(?:\.[\w-]+)*\.(?:[A-Za-z]{2,24}|xn--[A-Za-z0-9-]+|[0-9]{1,3}(?=[/:])))(?P<rest>/\S*)?"
)
_SCHEME = re.compile(r"(?i)\b(?:https?|ftp|tg|ton)://(?=\S)")
_HANDLE = re.compile(r"(?<![\w/.])@(?=[A-Za-z0-9_]{3,})")
_ASCII_END = re.compile(r"[A-Za-z0-9.-]+$")
_JOINER = "\u2060"
"""Nothing to see; it keeps an app from making a link of what follows the @."""


def defang(text: str, official: Collection[str]) -> str:
    """`official`: hosts (and hosts with a path) that stay as they are, such as a police's own."""
    known = frozenset(official)

    def broken(found: re.Match[str]) -> str:
        host, rest = found["host"], found["rest"] or ""
        ends = _ASCII_END.search(host)
        name = (ends.group() if ends else host).lower()
        if _is_known(name, rest, known):
            return found.group()
        scheme = "hxxp://" if found["scheme"] and found["scheme"].lower() in {"http", "ftp"} else ""
        scheme = scheme or ("hxxps://" if found["scheme"] else "")
        return f"{scheme}{host.replace('.', '[.]')}{rest}"

    text = _LINK.sub(broken, text)
    text = _SCHEME.sub(lambda found: _unless_known(text, found, known), text)
    return _HANDLE.sub(f"@{_JOINER}", text)


def _is_known(name: str, rest: str, known: Collection[str]) -> bool:
    if f"{name}{rest}".lower().rstrip("/") in known or name in known:
        return True
    return any(name.endswith(f".{host}") for host in known)


def _unless_known(text: str, found: re.Match[str], known: Collection[str]) -> str:
    host = re.match(r"[A-Za-z0-9.-]+", text[found.end() :])
    is_ours = host is not None and _is_known(host.group().lower(), "", known)
    return found.group() if is_ours else found.group().replace("://", "[:]//")
