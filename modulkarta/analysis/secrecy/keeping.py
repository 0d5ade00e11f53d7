"""What of the files that are kept for other programs an audience may be given."""

from __future__ import annotations

from collections.abc import Mapping

from modulkarta.analysis.secrecy.masking import Veil
from modulkarta.model import Catalogue


def still_kept(kept: Mapping[str, bytes], catalogue: Catalogue, veil: Veil) -> Mapping[str, bytes]:
    """The files by path that say nothing of what is hidden; they have no level, so the public is given none.

    A file that knows something hidden only by what another program calls it (`external_ids`) is gone too.
    """
    if veil.audience == "public":
        return {}
    hidden = (entity for entity in catalogue.described if entity.id in veil.gone)
    rows = (row for entity in hidden for row in entity.rows("external_ids") if isinstance(row, Mapping))
    called = {str(row["value"]) for row in rows if row.get("value")}
    texts = {path: f"{path}\n{data.decode('utf-8', 'replace')}" for path, data in kept.items()}
    silent = {path for path, text in texts.items() if not veil.tells(text) and not any(one in text for one in called)}
    return {path: data for path, data in kept.items() if path in silent}
