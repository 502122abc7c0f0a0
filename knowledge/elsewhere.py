"""Whether a reporter says that they are in a country whose numbers are not known here."""

import re

ELSEWHERE = "ZZ"
"""ISO 3166 keeps this code for no country: the reporter is somewhere, and none of the numbers known here is theirs."""

# Where scam compounds stand is left out: whoever writes from there, or of somebody there, needs help from home.
_COUNTRIES = (
    "法国|德国|日本|韩国|意大利|西班牙|葡萄牙|荷兰|比利时|瑞士|瑞典|挪威|丹麦|芬兰|奥地利|爱尔兰|希腊|波兰|捷克|匈牙利|俄罗斯|乌克兰|"
    "土耳其|以色列|沙特|印度|巴基斯坦|新西兰|纽西兰|南非|埃及|尼日利亚|肯尼亚|巴西|阿根廷|墨西哥|智利|秘鲁|"
    "巴黎|柏林|慕尼黑|东京|大阪|京都|首尔|釜山|罗马|米兰|马德里|巴塞罗那|里斯本|阿姆斯特丹|苏黎世|日内瓦|维也纳|莫斯科|奥克兰|惠灵顿"
)
_COUNTRIES_EN = (
    "france|germany|japan|korea|italy|spain|portugal|the netherlands|netherlands|belgium|switzerland|sweden|"
    "norway|denmark|finland|austria|ireland|greece|poland|czechia|hungary|russia|ukraine|turkey|israel|"
    "saudi arabia|india|pakistan|new zealand|south africa|egypt|nigeria|kenya|brazil|argentina|mexico|chile|peru|"
    "paris|berlin|munich|tokyo|osaka|kyoto|seoul|busan|rome|milan|madrid|barcelona|lisbon|amsterdam|zurich|"
    "geneva|vienna|moscow|auckland|wellington|dublin"
)
_SAID = re.compile(
    rf"(?:^|[^a-z一-鿿]|(?<![他她它您你]))(?:我|我们|我哋|人|现|而家|目前)(?:现在|目前|人|一个人|一家人|住|就)?(?:在|喺|住在|住喺)(?:{_COUNTRIES})"
    rf"|\b(?:i|we)(?: am|'m|’m| are|'re|’re|m)?(?: now| currently| both)?"
    rf" ?(?:(?:live|living|stay|staying|study|studying|work|working|based) )?in (?:{_COUNTRIES_EN})\b"
)


def is_elsewhere(simplified: str) -> bool:
    """`simplified`: the text in simplified script and small letters."""
    return _SAID.search(simplified) is not None
