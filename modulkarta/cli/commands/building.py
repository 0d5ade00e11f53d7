"""build: the viewer as files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from modulkarta.cli.folders import found
from modulkarta.cli.options import audience_option, date_option, overlay_option, place_options, today
from modulkarta.wording import Language


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="DIR",
              help="Mappen som skrivs: ny, tom, eller en tidigare kopia.")  # fmt: skip
@click.option("--url", metavar="ADRESS", help="Adressen där kopian ska ligga; ger sitemap.xml.")
@click.option("--all-days", is_flag=True,
              help="Sidor för varje modul och system på alla dagar, också när de blir fler än 5 000.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Visa vad som skulle skrivas.")
@date_option
@overlay_option
@place_options
@audience_option("public")
def build(
    output: Path, url: str | None, all_days: bool, dry_run: bool, on: date | None, folder: Path | None,
    schemas: Path | None, lang: Language | None,
) -> int:  # fmt: skip
    """Skriv hela visaren som filer, för vilket webbhotell som helst.

    Sidorna blir som den som läser ser dem, med länkar som fungerar utan server: i en undermapp, och i stort sett även
    från disk. Dagar som betyder något (årsskiften och milstolpar) blir mappar, engelska ligger i en/. manifest.json
    har varje fils storlek och summa, _headers det som webbhotellet ska säga till webbläsaren. I en stor katalog har
    enskilda moduler och system bara sidor för dagen som kopian gäller; kartan och färdplanen har alla dagar.

    Mappen byts ut först när allt är klart, så att den som läser där hela tiden har en kopia som fungerar. Det som är
    oförändrat rörs inte, och det som inte längre hör dit tas bort sist. Avbryts det lagar nästa körning kopian.

    Slutkoden är 1 om någon sida inte gick att göra eller någon länk inte leder någonstans; då ändras ingenting. Den är
    2 om mappen inte är en tidigare kopia, eller om någon annan skriver där just nu.

    \b
    Exempel:
      modulkarta build -o kopia
      modulkarta build -o kopia --date 2026-11-30 --url https://moduler.example.se/
      modulkarta build -o internt --audience internal
    """
    from modulkarta.cli.copying import write_copy

    return write_copy(output, found(folder), schemas, on or today(), url or "", all_days=all_days, dry_run=dry_run)
