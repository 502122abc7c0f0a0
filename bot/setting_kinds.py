"""What a setting can be: the kinds that its value is checked as, each with a sentence for what it cannot be."""

import re
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode


def _split(value: Any) -> Any:
    """A list is written with commas."""
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _check_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise ValueError("it must look like https://name/ or http://name:port/, without a path")
    return f"{parts.scheme}://{parts.netloc}/"


def _check_base(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("it must look like https://name/ or http://name:port/path")
    return value.rstrip("/")


def _check_database_url(value: SecretStr) -> SecretStr:
    parts = urlsplit(value.get_secret_value())
    if parts.scheme not in ("postgresql", "postgres") or not parts.netloc + parts.query or len(parts.path) < 2:
        raise ValueError("it must look like postgresql://user:password@host:port/name")
    return value


def _check_webhook_secret(value: SecretStr) -> SecretStr:
    # What the Bot API lets a header hold.
    if re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value.get_secret_value()) is None:
        raise ValueError("it must be 16 to 256 letters, digits, - and _")
    return value


def _check_clock_time(value: str) -> str:
    if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value) is None:
        raise ValueError("it must look like 08:30")
    return value


def _check_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, ZoneInfoNotFoundError) as fault:
        raise ValueError("it must be the name of a time zone, such as Asia/Shanghai") from fault
    return value


def _check_days(value: str) -> str:
    if not value or any(day.strip() not in WEEK for day in value.split(",")):
        raise ValueError("it must be names of days with commas: mon,tue,wed,thu,fri,sat,sun")
    return value


def _check_span(value: str) -> str:
    opens, dash, closes = value.partition("-")
    if not dash or _check_clock_time(opens) >= _check_clock_time(closes):
        raise ValueError("it must look like 09:00-18:00, and end on the day it begins")
    return value


def _check_dates(value: tuple[str, ...]) -> tuple[str, ...]:
    for written in value:
        try:
            date.fromisoformat(written)
        except ValueError as fault:
            raise ValueError("it must be dates with commas, each like 2027-01-01") from fault
    return value


def _check_lanes(value: str) -> str:
    if any(lane.strip() not in LANES for lane in value.split(",")):
        raise ValueError(f"it must be names of lanes with commas: {','.join(LANES)}")
    return value


WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LANES = ("danger", "golden", "insider", "ordinary")

Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
Address = Annotated[str, AfterValidator(_check_address)]
Base = Annotated[str, AfterValidator(_check_base)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_check_database_url)]
WebhookSecret = Annotated[SecretStr, AfterValidator(_check_webhook_secret)]
ClockTime = Annotated[str, AfterValidator(_check_clock_time)]
WeekDays = Annotated[str, AfterValidator(_check_days)]
DayHours = Annotated[str, AfterValidator(_check_span)]
Dates = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split), AfterValidator(_check_dates)]
LaneNames = Annotated[str, AfterValidator(_check_lanes)]
Zone = Annotated[str, AfterValidator(_check_zone)]
Port = Annotated[int, Field(ge=1, le=65535)]
Hours = Annotated[int, Field(ge=1, le=24 * 366)]
Count = Annotated[int, Field(ge=1, le=100_000)]
Days = Annotated[int, Field(ge=1, le=36525)]
