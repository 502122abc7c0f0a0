"""What people type instead of pressing: "stop", "跳过", "繁體"; and what is no telling: greetings, insults."""

import re
import unicodedata
from types import MappingProxyType

from bot.conversation.events import Button
from knowledge.language import Language

_TYPED = MappingProxyType(
    {
        "help": ("help", "?", "？", "menu", "/help", "帮助", "幫助", "說明", "说明", "怎么用", "怎麼用"),
        "stop": ("stop", "cancel", "quit", "/stop", "停", "停止", "取消", "不说了", "不說了", "唔講住", "算了"),
        "back": ("back", "go back", "返回", "上一步", "回上一步"),
        "skip": ("skip", "pass", "next", "跳过", "跳過", "略過", "略过"),
        "dont-know": ("i don't know", "don't know", "dont know", "idk", "no idea", "not sure", "不知道", "不清楚", "不记得", "不記得", "唔知", "唔知道"),
        "exit": ("exit", "quick exit", "quick way out", "快速退出", "快速離開", "快速离开", "退出"),
        "language": ("language", "/language", "语言", "語言"),
        "submit": ("submit", "file", "send it", "提交", "送出", "呈交"),
        "new": ("/start", "/report", "new report", "新的举报", "新的舉報", "重新开始", "重新開始"),
    }
)  # fmt: skip
_LANGUAGES = MappingProxyType(
    {
        Language.EN: ("english", "en", "英文", "英语", "英語"),
        Language.ZH_HANS: ("简体", "简体中文", "zh-hans", "simplified", "simplified chinese", "简"),
        Language.ZH_HANT: ("繁體", "繁體中文", "繁体", "繁体中文", "正體", "zh-hant", "traditional", "traditional chinese", "繁"),
    }
)  # fmt: skip
_CHINESE = ("中文", "chinese", "汉语", "漢語")
_YES = (
    "yes",
    "y",
    "yeah",
    "yep",
    "yup",
    "ok",
    "sure",
    "是",
    "是的",
    "有",
    "对",
    "對",
    "嗯",
    "係",
    "好",
    "好的",
    "可以",
    "能",
    "方便",
    "能够",
    "能夠",
)
_NO = (
    "no",
    "n",
    "nope",
    "nah",
    "not",
    "否",
    "不",
    "不是",
    "没有",
    "沒有",
    "冇",
    "没",
    "沒",
    "唔係",
    "不能",
    "不可以",
    "不方便",
    "唔方便",
    "唔得",
)
_GREETINGS = ("hi", "hello", "hey", "good morning", "good evening", "hi there", "你好", "您好", "哈喽", "哈囉", "在吗", "在嗎", "有人吗", "有人嗎", "早", "嗨", "喂")  # fmt: skip
_INSULTS = (
    "fuck", "fuck you", "fuck off", "idiot", "stupid bot", "useless", "shit", "bullshit", "moron", "bastard", "asshole",
    "傻逼", "傻b", "去死", "滚", "滾", "废物", "廢物", "垃圾", "操你妈", "操你媽", "他妈的", "他媽的", "妈的", "媽的", "白痴", "智障", "仆街", "幹你娘", "屌你", "弱智",
)  # fmt: skip
_WHO_ARE_YOU = (
    "are you human", "are you a human", "are you real", "are you a real person", "are you a bot", "are you a robot",
    "is this a bot", "is this a real person", "who are you", "what are you", "are you the police", "is this the police",
    "am i talking to a human", "am i talking to a person", "am i talking to a real person",
    "你是真人吗", "你是机器人吗", "是真人吗", "真人吗", "你是谁", "你们是谁", "你是人吗", "你是ai吗", "你是警察吗", "你们是警察吗",
    "这里是110吗", "这里是96110吗", "这是警察吗", "这里是派出所吗", "是机器人吗", "有真人吗",
    "你是真人嗎", "你是機器人嗎", "是真人嗎", "真人嗎", "你是誰", "你們是誰", "你是人嗎", "你是ai嗎", "你是警察嗎", "你們是警察嗎",
    "這裡是165嗎", "請問這裡是165嗎", "這裡是警察局嗎", "是機器人嗎", "有真人嗎", "係咪真人", "你係咪真人", "你係邊個", "係咪機械人",
    "你係咪差人", "你哋係咪警察", "你哋係邊個", "你是不是警察", "你们是不是警察", "你是不是真人", "你是不是人", "你是不是骗子",
    "人工", "转人工", "人工客服", "找人工", "我要人工", "我要找人工", "我要找人工客服", "我要找真人", "真人客服",
    "轉人工", "轉真人", "可以找真人嗎", "搵真人", "我想搵真人",
    "human", "a human", "agent", "operator", "real person", "talk to a human", "speak to a human", "talk to a person",
    "speak to a person", "i want to talk to a human", "i want to speak to a human", "can i talk to a human",
)  # fmt: skip
_NOW = ("just", "again", "another", "more", "now", "刚", "剛", "又", "再", "头先", "頭先", "啱啱", "仲")
_ENDINGS = " \t\r\n.!。！~～,，…"


def typed(text: str) -> str:
    """As compared with the lists above: narrow, lower case, without an ending."""
    return unicodedata.normalize("NFKC", text).casefold().strip(_ENDINGS)


def typed_button(text: str, buttons: tuple[Button, ...]) -> str | None:
    """The button on the screen whose label was typed, or the one that a common word for it means."""
    word = typed(text)
    for button in buttons:
        # "Can't get through / don't dare": one of both is what people type.
        if word in {typed(part) for part in (button.label, *button.label.split(" / "))}:
            return button.id
    for meaning, words in _TYPED.items():
        if word in words:
            return meaning
    return None


def typed_language(text: str, now: Language) -> Language | None:
    """The language asked for by name. "中文" asks for the Chinese one already spoken, or Simplified."""
    word = typed(text)
    for language, words in _LANGUAGES.items():
        if word in words:
            return language
    if word in _CHINESE:
        return now if now is not Language.EN else Language.ZH_HANS
    return None


def is_yes(text: str) -> bool:
    return typed(text) in _YES


def is_no(text: str) -> bool:
    return typed(text) in _NO


def is_greeting(text: str) -> bool:
    return typed(text) in _GREETINGS


def asks_who(text: str) -> bool:
    """Whether it asks who or what answers here."""
    return typed(text).rstrip("?") in _WHO_ARE_YOU


def is_insult(text: str) -> bool:
    return typed(text) in _INSULTS


def says(text: str, word: str) -> bool:
    """Whether the word stands in the text, in small letters: "no" does not in "another"; Chinese has no such borders."""
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None


def tells_of_now(text: str) -> bool:
    """Whether what it tells has just happened, or has happened once more."""
    return any(says(text.casefold(), word) for word in _NOW)


def has_words(text: str) -> bool:
    """Whether there is any letter or digit: an emoji or a row of dots tells nothing."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def without_controls(text: str) -> str:
    """Line ends and tabs stay; other control characters and lone surrogates, which no one types, go."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
