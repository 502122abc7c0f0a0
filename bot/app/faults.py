"""What stops a role or a command for good: a sentence for the person at the machine, and an exit code."""

from enum import IntEnum

from bot.settings import SettingsError
from knowledge.errors import KnowledgeError
from storage.errors import StorageError


class ExitCode(IntEnum):
    """What a shell sees."""

    FAULT = 1
    UNUSABLE = 2
    """The command, a setting or some input cannot be used as given."""
    ROLE_FAULT = 78
    """A role cannot work until a person acts. Not 1, which is what Python itself ends a crash with."""


class Fault(Exception):  # noqa: N818 - a word of the house, said in sentences
    """The message is the sentence."""

    def __init__(self, sentence: str, code: ExitCode = ExitCode.FAULT) -> None:
        self.code = code
        super().__init__(sentence)


FORESEEN = (Fault, SettingsError, StorageError, KnowledgeError)
"""Faults whose message is a sentence meant to be read; anything else is a mistake of ours and keeps its traceback."""


def code_of(fault: BaseException) -> ExitCode:
    match fault:
        case Fault():
            return fault.code
        case SettingsError():
            return ExitCode.UNUSABLE
        case _:
            return ExitCode.FAULT
