"""Each setting once: what it means, its default, and how it is read from FANZHA_... in the environment."""

from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.setting_kinds import (
    Address,
    Base,
    ClockTime,
    Count,
    DatabaseUrl,
    Dates,
    DayHours,
    Days,
    Hours,
    LaneNames,
    Names,
    Port,
    WebhookSecret,
    WeekDays,
    Zone,
)

PREFIX = "FANZHA_"


class SettingsError(Exception):
    """What was set cannot be used; the message is one sentence a setting, for the person who set it."""


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Binding(StrEnum):
    """What a sign-in to the console is bound to."""

    NETWORK = "network"
    """The network's part of the address, and the kind of browser."""
    BROWSER = "browser"
    """The kind of browser alone: for phones, whose network changes by the hour."""
    NOTHING = "nothing"


class Settings(BaseSettings):
    """The settings of one installation, checked. Read them with `read_settings`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True)

    home: Path = Field(default=Path(".fanzha"), description="Where the database and the keys lie.")
    database_url: DatabaseUrl | None = Field(
        default=None,
        description="A database on a PostgreSQL server: postgresql://user:password@host:port/name. Unset, the database "
        "is a SQLite file below the home.",
    )
    staff_keys: Path | None = Field(
        default=None,
        description="Where `staff.key` lies, if not in `keys` below the home: a place only staff roles can read.",
    )
    staff_passphrase: SecretStr | None = Field(
        default=None, description="The passphrase that `staff.key` is wrapped by. A file is better: see the next."
    )
    staff_passphrase_file: Path | None = Field(default=None, description="A file whose first line is that passphrase.")

    citizens_bind: str = Field(default="127.0.0.1", description="The address the web chat listens on.")
    citizens_port: Port = Field(default=8080, description="The port the web chat listens on.")
    citizens_url: Address | None = Field(
        default=None, description="What citizens type to reach the web chat; http://127.0.0.1 and the port, if unset."
    )
    console_bind: str = Field(default="127.0.0.1", description="The address the staff console listens on.")
    console_port: Port = Field(default=8081, description="The port the staff console listens on.")
    console_url: Address | None = Field(
        default=None,
        description="What staff type to reach the console; http://localhost and the port, if unset. Use another host "
        "name than the web chat's: cookies do not tell ports apart.",
    )
    jobs_bind: str = Field(default="127.0.0.1", description="The address the jobs' health checks listen on.")
    citizens_jobs_port: Port = Field(default=8082, description="The port of the citizens' jobs' health check.")
    staff_jobs_port: Port = Field(default=8083, description="The port of the staff jobs' health check.")
    metrics_bind: str = Field(default="127.0.0.1", description="The address `/metrics` listens on, for Prometheus.")
    metrics_port: Annotated[int, Field(ge=1, le=65531)] | None = Field(
        default=None,
        description="The port of the citizens' `/metrics`; of the console's it is one more, of the citizens' jobs' "
        "two, of the staff jobs' three, of the desk's four. Unset, there are none.",
    )
    trusted_proxies: Names = Field(
        default=(),
        description="Addresses of reverse proxies whose X-Forwarded-For and -Proto are believed, with commas.",
    )
    extra_hosts: Names = Field(
        default=(), description="More host names both web faces answer to, with commas, such as a health checker's."
    )

    console_idle_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = Field(
        default=30, description="After how many idle minutes the console signs a member of staff out."
    )
    console_sign_in_hours: Annotated[int, Field(ge=1, le=24 * 7)] = Field(
        default=12, description="After how many hours a sign-in to the console ends."
    )

    console_binding: Binding = Field(
        default=Binding.NETWORK,
        description="What a sign-in to the console is bound to: `network` and kind of browser, the kind of `browser` "
        "alone (for phones, whose network changes), or `nothing`. Used from elsewhere, a second factor is asked for.",
    )

    messages_a_minute: Count = Field(default=60, description="How many messages one conversation may send in a minute.")
    reports_an_hour: Count = Field(
        default=12, description="How many reports one conversation, or one network address, may file in an hour."
    )
    receipts_an_hour: Count = Field(
        default=20, description="How many receipts one conversation, or one network address, may try in an hour."
    )

    files_an_hour: Count = Field(
        default=60, description="How many pictures, recordings and files one conversation may send in an hour."
    )

    release_seconds: Annotated[float, Field(ge=0.05, le=3600)] = Field(
        default=5, description="How often, in seconds, each process looks for a newer release of the knowledge."
    )
    learn_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = Field(
        default=15, description="How often, in minutes, staff-jobs looks whether there is something new to learn from."
    )

    keep_session_hours: Hours = Field(default=72, description="How long a report that was begun and not filed is kept.")
    keep_update_days: Days = Field(
        default=8, description="How long the ids of received messages are kept, against repeats."
    )
    keep_outbox_days: Days = Field(default=7, description="How long sending a message is tried before it is erased.")
    keep_work_days: Days = Field(default=8, description="How long finished work is remembered.")
    keep_decided_days: Days = Field(default=365, description="How long a tip's content is kept after its verdict.")

    citizens_token: SecretStr | None = Field(
        default=None, description="The token of the citizens' Telegram bot; without it there is the web chat alone."
    )
    telegram_api: Base = Field(
        default="https://api.telegram.org",
        description="Where the Bot API is, for an own Bot API server or for tests.",
    )
    webhook_url: Base | None = Field(
        default=None,
        description="Where Telegram is to bring the citizens' updates: an https address that reaches the web chat's "
        "port, its path of your choice. Unset, they are asked for (long polling).",
    )
    webhook_secret: WebhookSecret | None = Field(
        default=None,
        description="What proves that an update comes from Telegram; made from the citizens' key, if unset.",
    )
    burst_seconds: Annotated[float, Field(ge=0, le=10)] = Field(
        default=1.2, description="How long the Telegram bot waits for more before it reads what was written in a row."
    )
    telegram_messages_a_second: Count = Field(
        default=30, description="How many messages a second the Telegram bot sends in all; Telegram allows about 30."
    )
    telegram_chat_messages_a_second: Count = Field(
        default=1, description="How many of them to one person, after the first few; Telegram allows about 1."
    )
    picture_readers: Annotated[int, Field(ge=0, le=16)] = Field(
        default=1,
        description="How many processes read the words on pictures, each of up to 1 GB once there are pictures, "
        "where the extra `evidence` is installed; 0 leaves all reading to people.",
    )
    desk_token: SecretStr | None = Field(
        default=None, description="The token of the staff's Telegram bot; without it there is no desk."
    )
    desk_keys: Path | None = Field(
        default=None, description="Where `desk.key` lies, if not beside `staff.key`: a place only the desk can read."
    )
    desk_port: Port = Field(default=8084, description="The port of the desk's health check.")
    desk_digest: ClockTime = Field(default="08:30", description="When the desk gives its digest, such as 08:30.")
    desk_time_zone: Zone = Field(
        default="Asia/Shanghai", description="In which time zone that is, such as Asia/Taipei or Europe/London."
    )
    working_days: WeekDays = Field(default="mon,tue,wed,thu,fri", description="On which days staff work.")
    working_hours: DayHours = Field(default="09:00-18:00", description="From when until when, on each of them.")
    working_time_zone: Zone = Field(
        default="Asia/Shanghai", description="In which time zone that is, and each time the console shows."
    )
    holidays: Dates = Field(
        default=(), description="Days off, with commas, such as 2027-01-01: public holidays are not computed."
    )
    extra_working_days: Dates = Field(
        default=(), description="Days worked all the same, with commas, such as a weekend that makes up for a holiday."
    )
    danger_hours: Hours = Field(
        default=4, description="Within how many hours a tip should be decided in which a person is in danger."
    )
    golden_hours: Hours = Field(
        default=4, description="Within how many hours a tip of money that may still be called back."
    )
    insider_hours: Hours = Field(
        default=27, description="Within how many hours a tip of somebody who knows who does it."
    )
    ordinary_hours: Hours = Field(default=18, description="Within how many hours any other tip.")
    day_and_night: LaneNames = Field(
        default="danger,golden",
        description="In which lanes of the queue every hour counts, with commas; in the others, working hours.",
    )
    log_level: LogLevel = Field(
        default=LogLevel.INFO, description="What is logged: debug, info, warning or error. What people write never is."
    )

    @property
    def database_file(self) -> Path:
        """Where the database is, if it is on no server."""
        return self.home / "fanzha.sqlite3"

    @property
    def keys(self) -> Path:
        return self.home / "keys"

    @property
    def staff_key_directory(self) -> Path:
        return self.staff_keys or self.keys

    @property
    def desk_key_directory(self) -> Path:
        return self.desk_keys or self.staff_key_directory

    @property
    def desk_digest_time(self) -> time:
        return time.fromisoformat(self.desk_digest)

    @property
    def citizens_address(self) -> str:
        return self.citizens_url or f"http://127.0.0.1:{self.citizens_port}/"

    @property
    def console_address(self) -> str:
        return self.console_url or f"http://localhost:{self.console_port}/"

    @property
    def citizens_hosts(self) -> tuple[str, ...]:
        webhook = () if self.webhook_url is None else (_host(self.webhook_url),)
        return tuple(dict.fromkeys((_host(self.citizens_address), *webhook, *self.extra_hosts)))

    @property
    def console_hosts(self) -> tuple[str, ...]:
        return (_host(self.console_address), *self.extra_hosts)

    def passphrase(self) -> str | None:
        """What unwraps the staff's key. Raises SettingsError for a file that cannot be read."""
        if self.staff_passphrase_file is None:
            return None if self.staff_passphrase is None else self.staff_passphrase.get_secret_value()
        try:
            return self.staff_passphrase_file.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r") or None
        except (OSError, UnicodeDecodeError) as fault:
            name = variable("staff_passphrase_file")
            raise SettingsError(f"{name}: {self.staff_passphrase_file} cannot be read.") from fault


def read_settings() -> Settings:
    """The settings of this process, out of its environment. Raises SettingsError."""
    try:
        return Settings()
    except ValidationError as faults:
        raise SettingsError("\n".join(_sentence(fault["loc"], fault["msg"]) for fault in faults.errors())) from None


def variable(field: str) -> str:
    """The name in the environment."""
    return PREFIX + field.upper()


def _sentence(place: tuple[int | str, ...], message: str) -> str:
    # Without the value: it may be a passphrase or a token.
    text = message.removeprefix("Value error, ")
    return f"{variable(str(place[0]))} cannot be used: {text[0].lower()}{text[1:]}."


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""
