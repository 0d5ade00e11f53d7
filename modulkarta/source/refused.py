"""Why an entry of a catalogue's folder is not read, in the same words on disk and in git."""

from __future__ import annotations

import errno
import stat

from modulkarta.findings import Message, message

FOLDER = message("det är en mapp, ingen fil")
RING = message("länken leder tillbaka till sig själv")
TO_A_FOLDER = message("länken leder till en mapp; länka filerna var för sig")
_KINDS = (
    (stat.S_ISDIR, FOLDER),
    (stat.S_ISFIFO, message("det är ett rör, ingen fil")),
    (stat.S_ISSOCK, message("det är ett uttag, ingen fil")),
)
_ERRORS = {
    errno.EIO: message("disken går inte att läsa"),
    errno.ENOSPC: message("disken är full"),
    errno.EDQUOT: message("det utrymme på disken som får användas är slut"),
    errno.EROFS: message("disken går bara att läsa, inte att skriva på"),
    errno.ENOTDIR: message("det är en fil, ingen mapp"),
    errno.EEXIST: message("det är en fil, ingen mapp"),
    errno.EISDIR: FOLDER,
    errno.EMFILE: message("för många filer är öppna samtidigt"),
    errno.ENFILE: message("för många filer är öppna samtidigt"),
    errno.ENOMEM: message("minnet räcker inte"),
    errno.EAGAIN: message("fler program går inte att starta just nu"),
    errno.ESTALE: message("disken som den låg på är borta"),
    errno.ETIMEDOUT: message("disken som den ligger på svarar inte"),
    errno.ENAMETOOLONG: message("namnet är för långt"),
}


def leads_out(target: str) -> Message:
    """That a link leads out of the folder."""
    return message("länken leder ut ur katalogen, till {target}, och följs inte", target=spoken(target))


def leads_nowhere(target: str) -> Message:
    """That what a link leads to is not there."""
    return message("länken leder till {target}, som inte finns", target=spoken(target))


def no_file(mode: int) -> Message:
    """What something that is not a file is instead."""
    return next((what for is_it, what in _KINDS if is_it(mode)), message("det är en enhet, ingen fil"))


def reason(error: OSError) -> Message:
    """What the system says when it will not open something."""
    if isinstance(error, PermissionError):
        return message("du har inte rätt att läsa den")
    if isinstance(error, FileNotFoundError):
        return message("den finns inte längre")
    if error.errno == errno.ELOOP:
        return RING
    if told := _ERRORS.get(error.errno or 0):
        return told
    return message("systemet svarar ”{reason}”", reason=error.strerror or str(error))


def spoken(path: str) -> str:
    """A path that can be printed: bytes that are not UTF-8 are written out."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
