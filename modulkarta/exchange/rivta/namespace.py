"""What a namespace of RIV-TA says: `urn:riv:<domain>:<Contract>:<major>:<profile>`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PROFILE = re.compile(r"rivtabp[a-z]*[0-9]*", re.IGNORECASE)
_PROFILE_IN_NAME = re.compile(r"(?:^|[_.\-])(rivtabp[a-z]*[0-9]+)(?=[_.\-]|$)", re.IGNORECASE)
_MAJOR = re.compile(r"[0-9]+")
_ROLE = re.compile(r"(?:Responder|Initiator)$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Namespace:
    """A namespace taken apart; `contract` and `profile` are "" where it is shared by contracts, or of no profile."""

    domain: str
    contract: str
    major: str
    profile: str = ""

    @property
    def key(self) -> str:
        """The same for all files of a contract, or of what contracts share."""
        return ":".join(part for part in ("urn:riv", self.domain, self.contract, self.major) if part)


def taken_apart(namespace: str, *, wsdl: bool) -> Namespace | None:
    """The parts of a namespace; None where it is not of RIV-TA. In a WSDL the part before the major is a contract."""
    start, *parts = namespace.strip().removeprefix("urn:").split(":")
    profile = parts.pop().casefold() if parts and _PROFILE.fullmatch(parts[-1]) else ""
    if start.casefold() != "riv" or len(parts) < 2 or not all(parts) or not _MAJOR.fullmatch(parts[-1]):
        return None
    major = str(int(parts.pop()[:9]))
    is_contract = len(parts) > 1 and (wsdl or bool(profile) or parts[-1][0].isupper())
    contract = _ROLE.sub("", parts[-1]) if is_contract else ""
    domain = parts[:-1] if contract else parts
    return Namespace(domain=":".join(domain), contract=contract, major=major, profile=profile)


def profile_in(name: str) -> str:
    """The profile that a file is named after, "" where it is none."""
    found = _PROFILE_IN_NAME.search(name.rpartition("/")[2])
    return found[1].casefold() if found else ""
