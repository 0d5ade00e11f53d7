"""Nothing that is hidden leaves in any format, whatever it is packed in; and each says the same every time."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import re
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

import given
import pytest
from cages import beside, caged, laid_beside  # noqa: F401
from canaries import CANARY, trees
from commands import Ended, Run
from insides import words_in

from modulkarta.cli.exchanging import OUTWARD
from modulkarta.levels import Level

pytestmark = pytest.mark.usefixtures("built_once")
NOTHING = "Inga poster får ses av --audience public; med --audience internal blir det {n} post"
_PACKED = re.compile(rb"[A-Za-z0-9+/]{40,}={0,2}")
_MARGIN = re.compile(r"margin-(?:left|top):[0-9.]+pt")
_OF_TERMS = ("skos", "skos-jsonld")


FORMATS = list(OUTWARD)
OF_DATA = [name for name in FORMATS if OUTWARD[name].of_kinds]
"""Those that are not the pages of the viewer, which are many and heard elsewhere one by one."""


def written(run: Run, to: str, folder: Path, place_: Path, *more: str) -> tuple[Ended, dict[str, bytes]]:
    """What an export said, and its files."""
    one = OUTWARD[to]
    goal = place_ if one.folder else place_ / f"fil.{one.ending}"
    ended = run("export", "--to", to, "-o", goal, "--catalogue", folder, "--date", "2026-06-01", *more)
    assert ended.code == 0, (to, more, ended.err)
    files = {str(file.relative_to(place_)): file.read_bytes() for file in sorted(place_.rglob("*")) if file.is_file()}
    return ended, files


def everything(ended: Ended, files: Mapping[str, bytes]) -> str:
    """All that an export says, in its files and beside them, also where it is packed."""
    texts = [f"{name}\n{words_in(name, data)}" for name, data in files.items()]
    packed = [text for data in files.values() for text in unpacked(data)]
    return "\n".join((*texts, *packed, ended.out, ended.err))


def unpacked(data: bytes) -> Iterator[str]:
    """What stands in a text as base64, compressed or not."""
    for match in _PACKED.finditer(data):
        try:
            plain = base64.b64decode(match[0], validate=True)
        except ValueError:
            continue
        for open_ in (lambda raw: raw, gzip.decompress, zlib.decompress, lambda raw: zlib.decompress(raw, -15)):
            try:
                yield open_(plain).decode("utf-8", "ignore")
            except (OSError, EOFError, zlib.error):
                continue


def told(text: str) -> str:
    """Where a canary sings, as far as it does; a comment of a sheet may lie that far from its edge."""
    found = CANARY.search(_MARGIN.sub("", text))
    return text[max(0, found.start() - 200) : found.end() + 100] if found else ""


@pytest.mark.parametrize("to", OF_DATA)
def test_no_export_tells(run: Run, place: tuple[Path, Level], tmp_path: Path, to: str) -> None:
    folder, audience = place
    for number, more in enumerate(([], ["--rev", "HEAD~1", "--lang", "en"])):
        ended, files = written(run, to, folder, tmp_path / str(number), "--audience", audience, *more)
        assert not told(everything(ended, files)), (to, more, told(everything(ended, files)))
        assert NOTHING not in ended.err


@pytest.mark.parametrize("place", [("secret", "internal")], indirect=True)
def test_those_who_may_see_all_get_it(run: Run, place: tuple[Path, Level], tmp_path: Path) -> None:
    assert beside(place[0]).exists()
    for to in OF_DATA:
        text = everything(*written(run, to, place[0], tmp_path / to, "--audience", "secret"))
        assert told(text), to
        assert to in _OF_TERMS or "tillagd" in text, to


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The canaries of some kinds only."""
    root = tmp_path_factory.mktemp("nagra") / "catalogue"
    for path, tree in trees("internal").items():
        if path.rpartition("/")[0].endswith(("systems", "terms", "catalogue.yaml")) and "djup" not in path:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
    kept = root / "exchange" / "archimate" / "kanarie.xml"
    kept.parent.mkdir(parents=True)
    kept.write_text("<view xmlns='http://www.opengroup.org/xsd/archimate/3.0/'><name>Kanarie</name></view>", "utf-8")
    return root


def test_the_pages_in_one_file_do_not_tell(run: Run, some: Path, tmp_path: Path) -> None:
    ended, files = written(run, "html", some, tmp_path / "a", "--audience", "public")
    assert "Öppen" in everything(ended, files) and not told(everything(ended, files))
    assert told(everything(*written(run, "html", some, tmp_path / "b", "--audience", "internal")))


def test_what_is_kept_for_other_programs_does_not_tell(run: Run, some: Path, tmp_path: Path) -> None:
    for to in OF_DATA:
        text = everything(*written(run, to, some, tmp_path / to, "--audience", "public"))
        assert not told(text), (to, told(text))
    assert "1 fil som sparas för andra program" in written(run, "json", some, tmp_path, "--audience", "secret")[0].err


def test_an_export_is_for_everybody_if_nothing_else_is_said(run: Run, tmp_path: Path) -> None:
    folder = given.written(tmp_path, {"systems/s": "name: Kanarie\n", "terms/t": "name: Kanarie\nstatus: proposed\n"})
    for to in FORMATS:
        ended, files = written(run, to, folder, tmp_path / to)
        assert not told(everything(ended, files)), to


def test_an_export_is_the_same_in_another_process(run: Run, some: Path, tmp_path: Path) -> None:
    """With another seed for the order of sets, another time zone and another language of the machine."""
    script = (
        "import sys\nfrom pathlib import Path\nfrom modulkarta.cli import main\n"
        "for to, goal in zip(sys.argv[2::2], sys.argv[3::2]):\n"
        "    try: main(['export', '--to', to, '-o', goal, '--catalogue', sys.argv[1], '--audience', 'secret',"
        " '--date', '2026-06-01'])\n"
        "    except SystemExit as ended: assert not ended.code, to\n"
    )
    goals = {to: tmp_path / "b" / to for to in OF_DATA}
    for goal in goals.values():
        goal.mkdir(parents=True)
    named = {to: goal if OUTWARD[to].folder else goal / f"fil.{OUTWARD[to].ending}" for to, goal in goals.items()}
    words = [str(word) for pair in named.items() for word in pair]
    odd = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Apia", "LC_ALL": "C", "PYTHONPATH": str(given.ROOT)}
    subprocess.run([sys.executable, "-c", script, str(some), *words], env=odd, check=True, timeout=120,
                   capture_output=True)  # fmt: skip
    for to, goal in goals.items():
        _, files = written(run, to, some, tmp_path / "a" / to, "--audience", "secret")
        assert files == {str(file.relative_to(goal)): file.read_bytes() for file in goal.rglob("*")}, to


@pytest.mark.parametrize("to", FORMATS)
def test_every_export_can_be_of_some_kinds(run: Run, tmp_path: Path, to: str) -> None:
    folder = given.written(tmp_path / "k", {
        "systems/s": "name: Ettan\nsecrecy: {level: public}\n", "modules/m": "name: Tvåan\nsecrecy: {level: public}\n",
        "terms/t": "name: Trean\nsecrecy: {level: public}\n", "terms/u": "name: Fyran\nsecrecy: {level: public}\n",
    })  # fmt: skip
    if not OUTWARD[to].of_kinds:
        refused = run("export", "--to", to, "-o", tmp_path / "x", "--catalogue", folder, "--kind", "term")
        assert refused.code == 2 and "ta bort --kind" in refused.err
        return
    whole = everything(*written(run, to, folder, tmp_path / "a"))
    some = everything(*written(run, to, folder, tmp_path / "b", "--kind", "term"))
    assert "Trean" in whole and "Trean" in some and "Fyran" in some
    assert ("Ettan" in whole) == (to not in _OF_TERMS) and "Ettan" not in some and "Tvåan" not in some


def _turtle(data: bytes) -> object:
    import rdflib

    return rdflib.Graph().parse(data=data, format="turtle")


def _workbook(data: bytes) -> object:
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(data)).sheetnames[0]


def _words(*words: str) -> Callable[[bytes], object]:
    return lambda data: all(word in data.decode() for word in words) or data.index(b"\0")


READ: Mapping[str, Callable[[bytes], object]] = {
    "archimate": ElementTree.fromstring,
    "skos": _turtle,
    "skos-jsonld": json.loads,
    "xlsx": _workbook,
    "csv": lambda data: data.decode("utf-8-sig"),
    "json": json.loads,
    "graphml": ElementTree.fromstring,
    "mermaid": _words("flowchart"),
    "dot": _words("digraph", "}"),
    "html": _words("<!doctype html", "</html>"),
}


def test_the_export_of_nothing_is_whole_and_says_so(run: Run, tmp_path: Path) -> None:
    """Of a catalogue that nobody has classified, for everybody."""
    assert set(READ) == set(OUTWARD)
    folder = given.written(tmp_path, {"systems/s": "name: S\n", "terms/t": "name: T\n"})
    for to in FORMATS:
        ended, files = written(run, to, folder, tmp_path / to)
        assert NOTHING.format(n=1) in ended.err if to in _OF_TERMS else f"{NOTHING}er".format(n=2) in ended.err, to
        for data in files.values():
            READ[to](data)


def test_the_export_of_what_there_is_none_of_says_so(run: Run, tmp_path: Path) -> None:
    folder = given.written(tmp_path, {"systems/s": "name: S\n"})
    ended, _ = written(run, "skos", folder, tmp_path / "skos")
    assert "Inga poster är med: katalogen har inga av den sorten.\n" in ended.err


def test_a_catalogue_unpacked_in_a_folder_of_its_name_is_found(run: Run, tmp_path: Path) -> None:
    given.written(tmp_path / "catalogue", {"systems/s": "name: S\nsecrecy: {level: public}\n"})
    (tmp_path / "catalogue" / "catalogue" / "catalogue.yaml").write_text("title: Inuti\nreview_after: 1y\n")
    place = tmp_path / "n.json"
    for folder in (tmp_path, tmp_path / "catalogue"):
        ended = run("export", "--to", "json", "-o", str(place), "--catalogue", str(folder), "--audience", "secret")
        assert "1 post är med.\n" in ended.err
    assert "1 inställning i catalogue.yaml är inte med: granskas om efter." in ended.err
