"""check-jsonschema on the same files, with the schemas of this project.

It reads YAML as YAML guesses, so that `2028-06` is text but `2028` a number, and our schemas want text. The copy that
it reads says the same with quotation marks where they are needed; then it finds nothing wrong, as we do not.
"""

from __future__ import annotations

import re
from pathlib import Path

from measure import synthetic
from measure.turns import Work
from measure.works import SCHEMAS, Ground

_ALL_KINDS = """
import io, json, sys
from contextlib import redirect_stdout
from pathlib import Path
from check_jsonschema import main
root, schemas, *folders = map(Path, sys.argv[1:])
passed = 0
for folder in folders:
    kind, files = folder.name, sorted(map(str, (root / folder.parent).glob("*.yaml")))
    schema = schemas / f"{kind}.schema.json"
    asked = ["-vv", "-o", "json", "--base-uri", schema.as_uri(), "--schemafile", str(schema), *files]
    with redirect_stdout(io.StringIO()) as said:
        main(asked, standalone_mode=False)
    told = json.loads(said.getvalue())
    passed += len(told["checked_paths"]) if told["status"] == "ok" else 0
print(passed, "filer stämmer med sitt schema")
"""
"""Its own command for each kind, in one process: it would take longer to start it once a kind."""
_NOT_TEXT = re.compile(r"^(order|temporary): '(\w+)'", re.MULTILINE)
"""The fields of made-up catalogues that are not text to our schemas either: a number and a yes or no."""


def work(ground: Ground, python: Path) -> Work:
    root = _quoted(ground)
    folders = [f"{folder}/{kind}" for kind, (folder, _) in synthetic.FOLDERS.items()]
    return Work(
        name="check-jsonschema", command=[str(python), "-c", _ALL_KINDS, str(root), SCHEMAS, *folders],
        done=lambda said: f"{ground.entities} filer stämmer" in said,
    )  # fmt: skip


def _quoted(ground: Ground) -> Path:
    """The catalogue once more, where all that is text to us is text to every reader of YAML."""
    import yaml

    source, target = ground.folder / "catalogue", ground.folder / "quoted"
    for file in source.glob("*/*/*.yaml"):
        text = yaml.load(file.read_bytes(), yaml.CBaseLoader)  # noqa: S506 - it makes nothing but text
        written = target / file.relative_to(source)
        written.parent.mkdir(parents=True, exist_ok=True)
        quoted = yaml.dump(text, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=98)
        written.write_text(_NOT_TEXT.sub(r"\1: \2", quoted), "utf-8")
    return target
