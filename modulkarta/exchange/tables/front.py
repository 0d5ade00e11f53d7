"""The first sheet of the workbook: what it is, and how it is filled in and sent back."""

from __future__ import annotations

from typing import Any

from modulkarta.exchange.outward import Asked
from modulkarta.exchange.tables.looks import Looks
from modulkarta.exchange.tables.sheets import Filled
from modulkarta.findings import Message, counted, message
from modulkarta.levels import Level
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said, sentence

FRONT = message("Läs mig")
_AUDIENCES: dict[Level, Message] = {
    "public": message("Arbetsboken har bara det som alla får se."),
    "internal": message("Arbetsboken har det som de egna får se. Sprid den inte vidare."),
    "secret": message("Arbetsboken har allt, också det som få får se. Sprid den inte vidare."),
}
_HOW = (
    message("Vita celler går att ändra. Grå celler är låsta, så att id och rubriker inte ändras av misstag."),
    message(
        "Peka på en rubrik för att se vad som hör hemma i kolumnen. Där det finns en lista går det att välja ur den."
    ),
    message("Hänvisningar skrivs som namn och id inom hakparentes. Det är id:t som gäller; bara id:t räcker."),
    message("Flera värden i en cell skrivs på var sin rad. Ny rad i en cell: Alt+Retur."),
    message("Datum skrivs som text: 2027, 2027-H1, 2027-Q3, 2027-06, 2027-06-30, 2027..2028 eller unknown."),
    message("En ny post skrivs på första tomma raden. Lämnas id tomt görs det av namnet."),
    message("En cell som töms tar bort uppgiften. En rad som tas bort tar inte bort posten: säg till om den ska bort."),
    message("Kolumner får döljas och flyttas, och rader sorteras och filtreras. Döp inte om flikar eller rubriker."),
    message("Formler läses inte. Skriv det som ska stå i cellen."),
    message("Spara som Excelarbetsbok (.xlsx) och skicka tillbaka filen till den du fick den av."),
    message("Den som tar emot den kör: modulkarta import --from xlsx FIL"),
    message("Bara det som har ändrats här förs in. Har katalogen ändrats på samma ställe sedan dess sägs det till."),
)


def front(book: Any, read: Snapshot, asked: Asked, found: Filled, styles: Looks) -> None:
    """Add the sheet; the sheets that are listed in it follow."""
    language = asked.language
    page = book.add_worksheet(said(FRONT, language))
    page.hide_gridlines(2)
    page.set_column(0, 0, 44)
    page.set_column(1, 1, 64)
    page.set_row(0, 28)
    page.write_string(0, 0, said(message("Katalogen att fylla i"), language), styles.title)
    day, version = asked.on.isoformat(), read.version
    lines = [message("Läge {day}, version {version}", day=day, version=version), _AUDIENCES[read.audience], *_HOW]
    for row, line in enumerate(lines, start=1):
        words = sentence(line, language)
        page.merge_range(row, 0, row, 1, "", styles.text)
        page.write_string(row, 0, words, styles.text)
        page.set_row(row, 14.5 * (1 + len(words) // 120))
    for row, sheet in enumerate(found.sheets, start=len(lines) + 2):
        title = sheet.table.title(language)
        page.write_url(row, 0, f"internal:'{title}'!A1", styles.link, title)
        page.write_string(row, 1, said(counted("{n} rad", "{n} rader", len(sheet.rows)), language), styles.text)
    page.protect("", {"format_columns": True})
    page.set_paper(9)
    page.fit_to_pages(1, 0)
