"""Mistakes that show only when files are read together, and those of the files themselves."""

# ruff: noqa: E501
from __future__ import annotations

from mistakes import (
    CONTRACT,
    DECISION,
    JOURNAL,
    PLAN,
    PLATFORM,
    SYSTEM,
    Mistake,
    act,
    path_of,
    renamed,
    replaced,
    slip,
)  # fmt: skip

REFERENCES: tuple[Mistake, ...] = (
    slip("an id misspelt", "MK301", JOURNAL, "  - gemensam-vardplattform", "  - ▸gemensam-vardplatform"),
    slip("an id with swapped letters", "MK301", JOURNAL, "owner: koncernstab-digitalisering", "owner: ▸koncernstab-digitalsiering"),
    slip("an id in the singular", "MK301", JOURNAL, "  - akutmottagningens-personal", "  - ▸akutmottagnings-personal"),
    slip("an id that differs in digits", "MK301", SYSTEM, "source: regional-rapport-2025-09-25", "source: ▸regional-rapport-2025-09-26"),
    slip("an id of nothing", "MK301", JOURNAL, "  - samlad-patientbild", "  - ▸rymdfarkost"),
    slip("a name for an id", "MK205", JOURNAL, "owner: koncernstab-digitalisering", "owner: ▸Koncernstab digitalisering", safe=True),
    slip("a name with å for an id", "MK205", JOURNAL, "  - gemensam-vardplattform", "  - ▸Gemensam vårdplattform", safe=True),
    slip("a short name for an id", "MK205", JOURNAL, "  - gemensam-vardplattform", "  - ▸Vårdplattform", safe=True),
    slip("a short name in small letters for an id", "MK301", JOURNAL, "  - gemensam-vardplattform", "  - ▸vardplattform"),
    slip("null for an id", "MK301", JOURNAL, "owner: koncernstab-digitalisering", "owner: ▸null"),
    slip("a tilde for an id", "MK205", JOURNAL, "owner: koncernstab-digitalisering", "owner: ▸~"),
    slip("an id with a full stop after it", "MK205", JOURNAL, "owner: koncernstab-digitalisering", "owner: ▸koncernstab-digitalisering.", safe=True),
    slip("ids with commas in one", "MK203", JOURNAL, "platforms:\n  - fordonets-natverk\n  - identitet-och-behorighet\n  - driftmiljo\n  - nationella-tjansteplattformen", "platforms: ▸fordonets-natverk, driftmiljo"),
    slip("an id with capitals", "MK205", SYSTEM, "supplier: leverantor-exempel-a", "supplier: ▸Leverantor-exempel-A", safe=True),
    slip("an id with underscores", "MK205", SYSTEM, "supplier: leverantor-exempel-a", "supplier: ▸leverantor_exempel_a", safe=True),
    slip("an id with å", "MK205", SYSTEM, "supplier: leverantor-exempel-a", "supplier: ▸leverantör-exempel-a", safe=True),
    slip("an id of another kind", "MK302", JOURNAL, "  - gemensam-vardplattform", "  - ▸ambulink"),
    slip("a function for a module", "MK302", PLAN, "  - module: distanskonsultation", "  - module: ▸ta-emot-larm"),
    slip("a former id that is in use", "MK304", JOURNAL, "role: specialist", "role: specialist\nformer_ids: [▸ambulink]"),
)  # fmt: skip

PLANS: tuple[Mistake, ...] = (
    slip("modules in a ring", "MK401", PLATFORM, "depends_on:\n", "depends_on:\n  - ▸prehospital-journal\n"),
    slip("dates of a life swapped", "MK520", JOURNAL, "introducing: 2027-Q4\n  live: 2028-03", "introducing: 2028-03\n  live: ▸2027-Q4"),
    slip("days of a parallel run swapped", "MK523", PLAN, "cutover: 2028-03\n    parallel_until: 2028-06-30", "cutover: 2028-06-30\n    parallel_until: ▸2028-03"),
    slip("a milestone before what it needs", "MK521", "milestones/alla-ambulansomraden", "date: 2029-Q2", "date: ▸2028-Q2"),
    slip("a contract that ends earlier", "MK522", CONTRACT, "ends: 2029-03-31", "ends: 2028-03-31", at="2029-03-31"),
    slip("a decision too late", "MK522", "decisions/beslut-option-ambulink", "latest: 2027-03-30", "latest: ▸2029-Q3"),
    slip("a wave left out", "MK514", PLAN, "  - area: ambulans-kungalv\n    cutover: 2029-Q2\n    legacy_ends: unknown\n", "", at="- area: ambulans-sas\n    cutover"),
    slip("an area of a wave that is not there", "MK301", PLAN, "  - area: ambulans-kungalv", "  - area: ▸ambulans-kungsbacka"),
    slip("a split with one module", "MK515", PLAN, "disposition: extended\n    by:\n      - module: samlad-patientbild", "disposition: ▸split\n    by:\n      - module: samlad-patientbild"),
    slip("a function that the system does not have", "MK516", PLAN, "  - function: ta-emot-larm", "  - function: ▸journal-i-varden"),
    slip("a function before its module", "MK513", PLAN, "live: 2028-09-01", "live: ▸2026-09-01"),
    slip("a function planned twice", "MK519", PLAN, "  - function: karta-och-navigering", "  - function: ▸ta-emot-larm"),
    slip("a fact without a source", "MK601", "decisions/beslut-utan-utskrift", "truth: illustrative", "truth: ▸fact"),
    slip("a truth of a field that is not there", "MK602", SYSTEM, "  lifecycle.live: fact", "  ▸lifecycle.liv: fact", safe=True),
    slip("a truth of a field misspelt", "MK602", SYSTEM, "  supplier: illustrative", "  ▸suplier: illustrative", safe=True),
)  # fmt: skip

NO_KEYS = "MK112 roadmap/decisions/beslut-utan-utskrift.yaml:1:1"

FILES: tuple[Mistake, ...] = (
    act("a capital in a file's name", renamed(path_of(DECISION), "roadmap/decisions/Beslut-utan-utskrift.yaml"), "MK209 roadmap/decisions/Beslut-utan-utskrift.yaml:1:1"),
    act("å in a file's name", renamed(path_of(DECISION), "roadmap/decisions/beslut-på-utskrift.yaml"), "MK209 roadmap/decisions/beslut-på-utskrift.yaml:1:1"),
    act("a folder renamed", renamed(path_of(DECISION), "roadmap/decision/beslut-utan-utskrift.yaml"), "MK210 roadmap/decision/beslut-utan-utskrift.yaml:1:1"),
    act("a folder in Swedish", renamed(path_of(DECISION), "fardplan/beslut/beslut-utan-utskrift.yaml"), "MK210 fardplan/beslut/beslut-utan-utskrift.yaml:1:1"),
    act("a file in another kind's folder", renamed(path_of(PLATFORM), "applications/systems/gemensam-vardplattform.yaml"), "MK201 applications/systems/gemensam-vardplattform.yaml:9:1"),
    act("a file outside the folders", renamed(path_of(DECISION), "beslut-utan-utskrift.yaml"), "MK210 beslut-utan-utskrift.yaml:1:1"),
    act("a file removed", lambda contents: contents.pop(path_of(DECISION)), "MK301 roadmap/replacements/ersattning-ambulink.yaml:108:15"),
    act("a source removed", lambda contents: contents.pop("reference/sources/regional-rapport-2025-09-25.yaml"), "MK301 applications/systems/ambulink.yaml:85:13"),
    act("an id in two files", lambda contents: contents.update({"applications/modules/ambulink.yaml": b"name: Ambulink\n"}), "MK303 applications/systems/ambulink.yaml:1:1"),
    act("an empty file", replaced(path_of(DECISION), b""), NO_KEYS),
    act("a file of comments", replaced(path_of(DECISION), b"# senare\n"), NO_KEYS),
    act("a file that is a list", replaced(path_of(DECISION), b"- Utskriften\n"), NO_KEYS),
    act("a file that is a text", replaced(path_of(DECISION), b"Utskriften\n"), NO_KEYS),
    act("a file in Latin-1", lambda contents: contents.update({path_of(DECISION): contents[path_of(DECISION)].decode().encode("latin-1")}), "MK102 roadmap/decisions/beslut-utan-utskrift.yaml:1:22"),
    act("a file in UTF-16", lambda contents: contents.update({path_of(DECISION): contents[path_of(DECISION)].decode().encode("utf-16")}), "MK102 roadmap/decisions/beslut-utan-utskrift.yaml:1:1"),
    act("no settings", lambda contents: contents.pop("catalogue.yaml"), "MK211 catalogue.yaml:1:1"),
)  # fmt: skip
