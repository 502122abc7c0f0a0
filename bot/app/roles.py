"""The roles a process can have."""

from enum import StrEnum


class Role(StrEnum):
    CITIZENS = "citizens"
    CITIZENS_JOBS = "citizens-jobs"
    CONSOLE = "console"
    DESK = "desk"
    STAFF_JOBS = "staff-jobs"
