"""What is wrong with the user's files or flags. What is wrong with the paper is data (reading.py); a bug, a traceback.

KrydsExit          what the command's exit status says
UserError          the root: a message that names the file, the place and the cure
├── ArgumentError  the arguments do not fit together                       exit 2
├── ScanFileError  an input file cannot be opened                          exit 3
└── FormError      a form file or a roster is wrong                        exit 4
"""

from enum import IntEnum


class KrydsExit(IntEnum):
    """The exit statuses of every command."""

    DONE = 0
    BUG = 1
    ARGUMENTS = 2
    INPUT_NOT_OPENED = 3
    FORM_WRONG = 4
    AWAITS_REVIEW = 5


class UserError(Exception):
    """Something in the user's files or flags is wrong; ``str(error)`` names what, where and the cure."""

    exit_status = KrydsExit.BUG


class ArgumentError(UserError):
    """The arguments do not fit together, or name something that is not there."""

    exit_status = KrydsExit.ARGUMENTS


class ScanFileError(UserError):
    """An input file cannot be opened as a whole: not there, not a scan, protected, or damaged beyond repair."""

    exit_status = KrydsExit.INPUT_NOT_OPENED


class FormError(UserError):
    """A form file or a roster is wrong."""

    exit_status = KrydsExit.FORM_WRONG
