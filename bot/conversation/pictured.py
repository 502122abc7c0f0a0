"""Whether a telling speaks of pictures, and of private ones: with those people are threatened."""

import re


def speaks_of_pictures(telling: str) -> bool:
    return _PICTURED.search(telling.lower()) is not None


def speaks_of_private_pictures(telling: str) -> bool:
    """Narrower: of those, no honest seller ever spoke."""
    return _PRIVATE.search(telling.lower()) is not None


_PICTURED = re.compile(
    "照|片|相|图|圖|视频|視頻|視訊|裸|自拍|脱|脫|镜头|鏡頭|"
    r"\b(?:pic|photo|image|picture|video|nude|naked|snap|cam|webcam|selfie|undress|body|strip)"
)
_PRIVATE = re.compile(r"裸|私密|不雅|底衫相|\b(?:nudes?|naked|intimate|explicit)\b")
