"""Links, bare domains and e-mail addresses, defanged or not."""

import re
from collections.abc import Iterator

from publicsuffixlist import PublicSuffixList

from knowledge.observables.finding import Find, Rank
from knowledge.observables.observable import ObservableType


def find_links(text: str, suffixes: PublicSuffixList) -> Iterator[Find]:
    """Links with scheme or path, domains without; each link's domain is handed on too, for when the link gives way."""
    for match in _LINK.finditer(text):
        host = match["host"].lower().rstrip(".")
        if not _is_host(host, suffixes):
            continue
        rest = _unwrapped(match["rest"] or "")
        start, end = match.start(), match.end("host") + len(rest)
        scheme = (match["scheme"] or "").lower()
        if scheme or rest[:1] in {"/", "?"}:
            port = rest
            yield Find(ObservableType.LINK, f"{scheme}{host}{port}", start, end, Rank.LINK, checked=True)
        elif not _is_told_domain(match["host"], text, start):
            continue
        yield Find(ObservableType.DOMAIN, host, *match.span("host"), Rank.DOMAIN, checked=True)
    for match in _EMAIL.finditer(text):
        if _is_host(match["host"].lower(), suffixes):
            yield Find(ObservableType.EMAIL, match[0].lower(), *match.span(), Rank.EMAIL, checked=True)


def registered_domain(host: str, suffixes: PublicSuffixList) -> str:
    """The part of a host its owner registered: "top-pay.com.cn" of "www.top-pay.com.cn"; empty where there is none."""
    return suffixes.privatesuffix(host) or ""


def _is_host(host: str, suffixes: PublicSuffixList) -> bool:
    if re.fullmatch(r"[0-9.]+", host):
        parts = host.split(".")
        return len(parts) == 4 and all(part and len(part) <= 3 and int(part) <= 255 for part in parts)
    return suffixes.privatesuffix(host) is not None


def _is_told_domain(written: str, text: str, start: int) -> bool:
    """Whether dots between letters are a domain, not a missing space ("paid.So"), a file ("app.zip") or a number."""
    if re.fullmatch(r"[0-9.]+", written):
        return _IP_BEFORE.search(text, max(0, start - 16), start) is not None
    labels = written.split(".")
    top, name = labels[-1], labels[-2]
    if len(labels) > 2 or labels[0].lower() == "www":
        return True
    if top.lower() in _FILES or top not in {top.lower(), top.upper()} or top.isupper() != name.isupper():
        return False
    return top.lower() not in _WORDS or re.search(r"[0-9-]", name) is not None


def _unwrapped(rest: str) -> str:
    """The path without the punctuation of the sentence it stands in."""
    while rest and (rest[-1] in ".,;:!?'\"*_~|" or (rest[-1] in ")]}>" and _OPENING[rest[-1]] not in rest)):
        rest = rest[:-1]
    return rest


_IP_BEFORE = re.compile(r"\bip(?: ?address)?[ :]{0,3}$|IP(?:地址|位址)?[是为為: ]{0,3}$", re.IGNORECASE)
_OPENING = {")": "(", "]": "[", "}": "{", ">": "<"}
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ANY_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_REST = r"[A-Za-z0-9/?#&=%+~@:;,.!$'*()\[\]{}|_-]"
_LINK = re.compile(
    rf"(?:(?P<scheme>https?://)(?:[^\s/@]{{1,64}}@)?|(?<![A-Za-z0-9@_.-]))"
    rf"(?P<host>(?(scheme){_ANY_LABEL}(?:\.{_ANY_LABEL}){{1,8}}|{_LABEL}(?:\.{_LABEL}){{1,8}}))(?![A-Za-z0-9@_]|-[A-Za-z0-9])"
    rf"(?P<rest>(?::[0-9]{{1,5}})?(?:[/?#]{_REST}{{0,2000}})?)",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    rf"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{{0,63}}@(?P<host>{_LABEL}(?:\.{_LABEL}){{1,6}})(?![A-Za-z0-9_])"
)
# Domains that are also everyday words, and endings that are also kinds of file: alone they prove nothing.
_WORDS = frozenset(
    {"am", "an", "as", "at", "be", "by", "do", "fun", "help", "if", "in", "is", "it", "live", "me", "more", "my", "no"}
    | {"now", "one", "pm", "red", "so", "team", "then", "to", "us", "who"}
)
_FILES = frozenset({"md", "mov", "pl", "ps", "py", "rs", "sh", "zip"})
