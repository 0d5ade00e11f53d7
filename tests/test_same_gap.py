"""One gap, one interval: wherever it is shown."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import given
from click.testing import CliRunner
from test_webapp import client_of, text

from modulkarta.analysis import coverage
from modulkarta.cli import cli
from modulkarta.report.markdown import markdown
from modulkarta.report.section import section
from modulkarta.snapshot import Snapshot
from modulkarta.wording import said

INTERVAL = "2027-04-01–2027-08-31"


def command(*arguments: str) -> str:
    return CliRunner().invoke(cli, [*arguments, "--catalogue", str(given.GOOD)]).stdout


def test_the_same_interval_everywhere(good: Snapshot) -> None:
    client = client_of(good)
    row = next(
        r for r in coverage.rows(good.catalogue) if (r.function, r.area) == ("dokumentera-insats", "nord")
    )  # fmt: skip
    assert row.gap is not None and said(row.gap.span()) == INTERVAL
    gap = next(
        g
        for g in json.loads(command("gaps", "--format", "json"))["gaps"]
        if (g["function"], g["area"]) == ("dokumentera-insats", "nord")
    )
    assert (gap["from"], gap["to"], gap["days"], gap["certain"]) == ("2027-04-01", "2027-08-31", 153, True)
    assert f"{INTERVAL} (153 dagar)" in command("gaps")
    finding = next(f for f in good.findings if f.code == "MK510" and "Dokumentera insats" in said(f.message))
    assert f"{INTERVAL} (153 dagar)" in said(finding.message)
    assert f"{INTERVAL} (153 dagar)" in text(client, "/ersattning/faltjournal")
    module = text(client, "/moduler/prehospital-journal")
    assert re.search(rf"Nord [^()]* Dokumentera insats : {INTERVAL} \(153 dagar\)", module)
    report = markdown(section(good.catalogue, on=date(2026, 11, 30), version=good.version))
    assert re.search(rf"\| Dokumentera insats \| [^|]*\bNord\b[^|]* \| {INTERVAL} \(153 dagar\)", report)
    assert INTERVAL in client.get("/rapport/figurer/tackning-faltjournal.svg").text
    for address in ("/api/v1/glapp", "/api/v1/tackning/faltjournal"):
        assert _gap_in(client.get(address).json) == ("2027-04-01", "2027-08-31", 153), address
    page = client.get("/ersattning/faltjournal?bara=glapp").text
    line = page[page.index('id="funktion-dokumentera-insats"') :]
    assert f"Glapp {INTERVAL} (153 dagar)" in re.sub("</?time>", "", line[: line.index("</tr>")])


def _gap_in(answer: Any) -> tuple[str, str, int] | None:
    """The gap of one function in one area, wherever in an answer it stands."""
    if isinstance(answer, list):
        return next((found for one in answer if (found := _gap_in(one))), None)
    if not isinstance(answer, dict):
        return None
    if (answer.get("function"), answer.get("area")) == ("dokumentera-insats", "nord"):
        return answer["from"], answer["to"], answer["days"]
    return _gap_in(list(answer.values()))


def test_a_box_shows_the_hull_of_its_gaps_and_their_number(good: Snapshot) -> None:
    rows = coverage.rows_about(good.catalogue)["prehospital-journal"]
    hull = coverage.hull(rows)
    assert hull is not None
    words = said(hull.said())
    assert words.startswith(f"{hull.number} glapp")
    client = client_of(good)
    assert words in text(client, "/karta")
    report = markdown(section(good.catalogue, on=date(2026, 11, 30), version=good.version))
    assert words in report
    system = coverage.hull(coverage.of_system(good.catalogue, "faltjournal"))
    assert system is not None
    shown = said(system.said())
    assert shown in text(client, "/ersattning") and shown in report


def test_the_real_catalogue_has_every_kind_of_outcome() -> None:
    from modulkarta import snapshot

    read = snapshot.load(given.ROOT / "catalogue", given.SCHEMAS, given.TODAY)
    outcomes = {row.outcome for row in coverage.of_system(read.catalogue, "ambulink")}
    assert outcomes == {"gap", "possible-gap", "covered", "closed", "not-judged"}
    dispositions = {row.disposition for row in coverage.of_system(read.catalogue, "ambulink")}
    assert {"replaced", "split", "retired", "unresolved", "extended"} <= dispositions
    assert read.count("error") == 0


def test_a_mistyped_reference_in_the_real_catalogue_is_found_at_its_place(tmp_path: Path) -> None:
    import shutil

    root = tmp_path / "catalogue"
    shutil.copytree(given.ROOT / "catalogue", root)
    file = root / "roadmap" / "replacements" / "ersattning-ambulink.yaml"
    lines = file.read_text("utf-8").splitlines()
    number = next(i for i, line in enumerate(lines, 1) if "prehospital-journal" in line)
    column = lines[number - 1].index("prehospital-journal") + 1
    lines[number - 1] = lines[number - 1].replace("prehospital-journal", "prehospital-jornal")
    file.write_text("\n".join(lines) + "\n", "utf-8")
    result = CliRunner().invoke(
        cli, ["check", str(root), "--schemas", str(given.SCHEMAS), "--format", "concise"], standalone_mode=False
    )
    assert result.return_value == 1
    (line,) = [line for line in result.stdout.splitlines() if "fel[" in line]
    assert f"ersattning-ambulink.yaml:{number}:{column}: fel[MK301]" in line
    assert "menade du ”prehospital-journal”?" in line
