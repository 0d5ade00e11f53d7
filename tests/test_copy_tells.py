"""No file of a static copy tells what its audience may not know."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from canaries import CANARY, laid_over
from canaries import written as with_canaries
from copies import MARK, built, contents
from insides import words_in
from quick import without_graphviz

pytestmark = pytest.mark.usefixtures("few_days")


@pytest.mark.parametrize(("level", "audience"), [("secret", "internal"), (None, "public")])
def test_no_file_of_a_copy_tells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, level: str, audience: str
) -> None:
    without_graphviz(monkeypatch)
    root = with_canaries(tmp_path, level, comments=False)
    over = ["--overlay", str(laid_over(tmp_path / "tillagg", root))] if level else []
    assert built(root, tmp_path / "ut", "--audience", audience, *over) == 0
    made = contents(tmp_path / "ut")
    assert len(made) > 100 and CANARY.search("".join(capsys.readouterr())) is None
    for path, data in made.items():
        assert CANARY.search(path) is None
        said = re.sub("[0-9a-f]{64}", "", words_in(path, data)) if path == MARK else words_in(path, data)
        assert CANARY.search(unescape(said)) is None, path
