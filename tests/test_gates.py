"""The gates stop what is broken and let through what is sound: run as they will be run, in a real repository."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import forges
import given
import pytest
import yaml
from forges import Forge
from repositories import committed, git, repository

CI = given.ROOT / "docs/ci"
HOOKS = yaml.safe_load((given.ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
REPLACEMENT = "catalogue/roadmap/replacements/ersattning-faltjournal.yaml"
MODULE = "catalogue/applications/modules/prehospital-journal.yaml"

Commented = Callable[..., tuple[int, str]]

PIP = '#!/bin/sh\n[ "$1" = install ] || exit 9\n'


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to put first in PATH: modulkarta of this tree, and a pip that installs nothing."""
    place = tmp_path_factory.mktemp("bin")
    script = f"#!{sys.executable}\nfrom modulkarta.cli import main\nmain()\n"
    for name, text in (("modulkarta", script), ("pip", PIP)):
        (place / name).write_text(text)
        (place / name).chmod(0o755)
    return place


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A clone of a repository with Region Exempel."""
    return clone(tmp_path, given.GOOD)


def clone(place: Path, catalogue: Path) -> Path:
    """A clone, on a branch of its own, of a repository with a copy of a catalogue."""
    origin = repository(place / "origin")
    shutil.copytree(catalogue, origin / "catalogue")
    shutil.copytree(given.SCHEMAS, origin / "schemas")
    committed(origin)
    git(place, "clone", "-q", str(origin), "project")
    git(place / "project", "checkout", "-q", "-b", "forslag")
    return place / "project"


def changed(project: Path, file: str, old: str, new: str) -> None:
    """A word of a file changed, and the change committed."""
    text = (project / file).read_text("utf-8")
    assert old in text
    (project / file).write_text(text.replace(old, new, 1), "utf-8")
    committed(project)


def broken(project: Path) -> None:
    changed(project, REPLACEMENT, "module: ", "module: x")


def removed(project: Path) -> None:
    """The mistake that no file name is passed for."""
    (project / MODULE).unlink()
    committed(project)


def untidy(project: Path) -> None:
    changed(project, MODULE, "name: ", "name:      ")


def nothing(project: Path) -> None:
    changed(project, MODULE, "\n", "\n# läst igen\n")


# The three services


def github(
    asked: Mapping[str, Any], proposal: bool, project: Path, name: str = "check"
) -> list[tuple[str, dict[str, str]]]:
    """The commands of a workflow, each with its own environment."""
    job = asked["jobs"][name]
    common = {**asked["env"], "GITHUB_STEP_SUMMARY": str(project.parent / "summary.md")}
    base = {"BASE": "main"} if proposal else {"BASE": ""}
    return [(step["run"], common | (base if "env" in step else {})) for step in job["steps"] if "run" in step]


def gitlab(
    asked: Mapping[str, Any], proposal: bool, project: Path, name: str = "katalogen"
) -> list[tuple[str, dict[str, str]]]:
    job = asked[asked[name]["extends"]] | asked[name]
    base = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": git(project, "rev-parse", "origin/main")} if proposal else {}
    return [("\n".join(["set -eo pipefail", *job["before_script"], *job["script"]]), {**job["variables"], **base})]


def azure(asked: Mapping[str, Any], proposal: bool, project: Path) -> list[tuple[str, dict[str, str]]]:
    base = {"SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main"} if proposal else {}
    run = (step for step in asked["steps"] if "bash" in step and (proposal or "PullRequest" not in str(step)))
    return [(step["bash"], {**asked["variables"], **base}) for step in run]


SERVICES: Mapping[str, Callable[..., list[tuple[str, dict[str, str]]]]] = {
    "github-actions.yml": github, "gitlab-ci.yml": gitlab, "azure-pipelines.yml": azure,
}  # fmt: skip
JOBS: Mapping[str, list[dict[str, str]]] = {
    "github-actions.yml": [{}, {"name": "comment"}], "gitlab-ci.yml": [{}, {"name": "kommentar"}],
    "azure-pipelines.yml": [{}],
}  # fmt: skip
"""The jobs of each file, besides the one that checks."""
each_service = pytest.mark.parametrize("service", SERVICES)


def read(service: str) -> Any:
    """A file as the service reads it: `on` is a word, and numbers stay as written."""
    return yaml.load((CI / service).read_text("utf-8"), yaml.BaseLoader)


def gate(
    service: str, programs: Path, project: Path, *, proposal: bool, name: str = "", **more: str
) -> tuple[int, str]:
    """Run the commands of a service's job until one fails: the exit code, and everything said."""
    said = ""
    job = {"name": name} if name else {}
    for script, environment in SERVICES[service](read(service), proposal, project, **job):
        own = {"PATH": f"{programs}:/usr/bin:/bin", "PYTHONPATH": str(given.ROOT), "NO_PROXY": "127.0.0.1"}
        env = {**os.environ, **own, **environment, **more}
        ended = subprocess.run(
            ["bash", "-e", "-c", script], cwd=project, env=env, capture_output=True, text=True, timeout=120
        )
        said += ended.stdout + ended.stderr
        if ended.returncode:
            return ended.returncode, said
    return 0, said


def test_there_is_a_run_for_every_file() -> None:
    assert {file.name for file in CI.glob("*.yml")} == SERVICES.keys()
    assert all(file.name in (CI / "README.md").read_text("utf-8") for file in CI.iterdir() if file.suffix == ".yml")


@pytest.mark.parametrize(
    ("service", "options"),
    [
        ("github-actions.yml", ["vendor.github-workflows"]),
        ("gitlab-ci.yml", ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"]),
        ("azure-pipelines.yml", ["vendor.azure-pipelines", "--data-transform", "azure-pipelines"]),
    ],
)
def test_a_file_is_valid_by_the_service_s_own_schema(service: str, options: list[str]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--regex-variant", "nonunicode", "--builtin-schema", *options]
    ended = subprocess.run([*command, CI / service], capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stdout


def test_all_of_the_history_is_fetched() -> None:
    for job in read("github-actions.yml")["jobs"].values():
        checkout = job["steps"][0]
        assert checkout["uses"].startswith("actions/checkout@") and checkout["with"]["fetch-depth"] == "0"
    assert read("gitlab-ci.yml")[".katalogen"]["variables"]["GIT_DEPTH"] == "0"
    assert (
        read("gitlab-ci.yml")["katalogen"]["extends"] == read("gitlab-ci.yml")["kommentar"]["extends"] == ".katalogen"
    )
    assert read("azure-pipelines.yml")["steps"][0] == {"checkout": "self", "fetchDepth": "0"}


@each_service
def test_no_value_from_outside_is_written_into_a_command(service: str) -> None:
    """The name of a branch is chosen by whoever makes the proposal."""
    for name in JOBS[service]:
        for script, _ in SERVICES[service](read(service), False, given.ROOT, **name):
            assert "${{" not in script and "$(" not in script


@each_service
@pytest.mark.parametrize(("proposal", "catalogue"), [(True, given.ROOT / "catalogue"), (False, given.GOOD)],
                         ids=["proposal", "main"])  # fmt: skip
def test_a_sound_catalogue_is_let_through(
    service: str, proposal: bool, catalogue: Path, programs: Path, tmp_path: Path
) -> None:  # fmt: skip
    project = clone(tmp_path, catalogue)
    nothing(project)
    code, said = gate(service, programs, project, proposal=proposal)
    assert code == 0, said


@each_service
def test_a_broken_catalogue_is_stopped_and_shown(service: str, programs: Path, project: Path) -> None:
    broken(project)
    code, said = gate(service, programs, project, proposal=True)
    assert code == 1, said
    assert "MK301" in said and "MK301" in SHOWN[service](project, said)


def summary(project: Path, said: str) -> str:
    assert "::error file=catalogue/" in said
    return (project.parent / "summary.md").read_text("utf-8")


def quality(project: Path, said: str) -> list[str]:
    report = json.loads((project / "gl-code-quality-report.json").read_text("utf-8"))
    return [issue["check_name"] for issue in report]


def failures(project: Path, said: str) -> str:
    return str([failure.attrib for failure in ElementTree.parse(project / "modulkarta.xml").iter("failure")])


SHOWN: Mapping[str, Callable[[Path, str], str | list[str]]] = {
    "github-actions.yml": summary, "gitlab-ci.yml": quality, "azure-pipelines.yml": failures,
}  # fmt: skip
"""What each service shows when something is broken."""


@each_service
def test_what_no_file_name_is_passed_for_is_stopped(service: str, programs: Path, project: Path) -> None:
    removed(project)
    code, said = gate(service, programs, project, proposal=True)
    assert code == 1 and "MK301" in said, said


@each_service
def test_a_file_that_fmt_would_change_is_stopped(service: str, programs: Path, project: Path) -> None:
    untidy(project)
    assert gate(service, programs, project, proposal=True)[0] == 1


@each_service
def test_what_was_broken_before_does_not_stop_a_proposal(service: str, programs: Path, project: Path) -> None:
    broken(project)
    git(project, "push", "-q", "origin", "forslag:main2")
    git(project, "update-ref", "refs/remotes/origin/main", "HEAD")
    changed(project, MODULE, "\n", "\n# läst igen\n")
    code, said = gate(service, programs, project, proposal=False)
    assert code == 1 and "MK301" in said
    code, said = gate(service, programs, project, proposal=True)
    assert code == 0, said


# The comment

WORDS = "Milstolpe flyttas: Nord går över: 2027-09-01 → 2027-12-01 (3 månader senare)"


def later(project: Path) -> None:
    """A milestone that moves three months."""
    changed(project, "catalogue/roadmap/milestones/nord-gar-over.yaml", "date: 2027-09-01", "date: 2027-12-01")


@pytest.fixture(params=[("github-actions.yml", "github", "comment"), ("gitlab-ci.yml", "gitlab", "kommentar")],
                ids=["github", "gitlab"])  # fmt: skip
def commenting(request: pytest.FixtureRequest, programs: Path, project: Path) -> Iterator[tuple[Forge, Commented]]:
    """The job that comments, run where the forge is: what it answered, and how it ended."""
    service, dialect, name = request.param
    with forges.running(dialect) as forge:

        def run(**more: str) -> tuple[int, str]:
            environment = {**forge.environment, **more}
            return gate(service, programs, project, proposal=True, name=name, **environment)

        yield forge, run


def test_a_proposal_gets_one_comment_with_what_follows(commenting: tuple[Forge, Commented], project: Path) -> None:
    forge, run = commenting
    later(project)
    for _ in range(2):
        code, said = run()
        assert code == 0, said
    assert len(forge.comments) == 1 and WORDS in forge.comments[100]


def test_a_broken_proposal_is_commented_too(commenting: tuple[Forge, Commented], project: Path) -> None:
    forge, run = commenting
    broken(project)
    code, said = run()
    assert code == 0, said
    assert re.search(r"· \d+ (nytt|nya) fel i kontrollen", forge.comments[100]) and "MK301" in forge.comments[100]


def test_a_comment_that_cannot_be_written_stops_nothing(commenting: tuple[Forge, Commented], project: Path) -> None:
    forge, run = commenting
    later(project)
    forge.instead["ANY"] = [forges.says(403)]
    code, said = run()
    assert code == 0 and "Kommentaren gick inte att skriva" in said
    summary = project.parent / "summary.md"
    assert WORDS in (summary.read_text("utf-8") if summary.is_file() else said)
    assert forges.TOKEN not in said


def test_without_a_key_the_job_at_gitlab_says_which_and_prints(programs: Path, project: Path) -> None:
    later(project)
    with forges.running("gitlab") as forge:
        environment = forge.environment | {"GITLAB_TOKEN": ""}
        code, said = gate("gitlab-ci.yml", programs, project, proposal=True, name="kommentar", **environment)
    assert code == 0 and "GITLAB_TOKEN saknas" in said and WORDS in said and forge.asked == []


def test_azure_shows_what_follows_on_the_page_of_the_build(programs: Path, project: Path) -> None:
    later(project)
    code, said = gate("azure-pipelines.yml", programs, project, proposal=True)
    (shown,) = re.findall(r"##vso\[task\.uploadsummary\](.*)", said)
    assert code == 0 and WORDS in Path(shown).read_text("utf-8")


def test_nobody_gets_to_write_who_does_not_need_to() -> None:
    asked, text = read("github-actions.yml"), (CI / "github-actions.yml").read_text("utf-8")
    assert asked["permissions"] == {"contents": "read"} and "permissions" not in asked["jobs"]["check"]
    assert asked["jobs"]["comment"]["permissions"] == {"contents": "read", "pull-requests": "write"}
    assert asked["on"].keys() == {"pull_request", "push"} and "secrets." not in text
    assert asked["jobs"]["comment"]["if"] == "github.event_name == 'pull_request'"
    assert asked["jobs"]["comment"]["steps"][0]["with"]["persist-credentials"] == "false"
    assert [name for name, job in asked["jobs"].items() if "github.token" in str(job)] == ["comment"]


# pre-commit


def local(hooks: list[dict[str, Any]]) -> str:
    """A configuration with our hooks as they are, but run with what is installed here."""
    return yaml.safe_dump({"repos": [{"repo": "local", "hooks": [{**hook, "language": "system"} for hook in hooks]}]})


def commit(project: Path, programs: Path) -> subprocess.CompletedProcess[str]:
    git(project, "add", "-A")
    env = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(given.ROOT),
           "PRE_COMMIT_HOME": str(project.parent / "cache"), "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b",
           "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b"}  # fmt: skip
    command = ["git", "commit", "-qm", "Ändring"]
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, timeout=120)


@pytest.fixture
def hooked(project: Path) -> Path:
    """The clone with pre-commit installed as a hook of git."""
    (project / ".pre-commit-config.yaml").write_text(local(HOOKS[:2]), "utf-8")
    committed(project)
    subprocess.run([sys.executable, "-m", "pre_commit", "install"], cwd=project, check=True, capture_output=True)
    return project


def test_the_hooks_are_as_pre_commit_wants_them() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", given.ROOT / ".pre-commit-hooks.yaml"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stdout


def test_a_sound_change_can_be_committed(hooked: Path, programs: Path) -> None:
    (hooked / "catalogue/reference/organisations/ny-namnd.yaml").write_text("name: Nya nämnden\n", "utf-8")
    ended = commit(hooked, programs)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize("mistake", [broken, removed, untidy])
def test_a_broken_change_cannot_be_committed(mistake: Callable[[Path], None], hooked: Path, programs: Path) -> None:
    before = git(hooked, "rev-parse", "HEAD")
    git(hooked, "config", "core.hooksPath", os.devnull)
    mistake(hooked)
    git(hooked, "config", "--unset", "core.hooksPath")
    git(hooked, "reset", "-q", "--soft", before)
    ended = commit(hooked, programs)
    assert ended.returncode == 1
    assert "Failed" in ended.stderr
    assert git(hooked, "rev-parse", "HEAD") == before


def test_the_third_hook_knows_when_a_schema_lacks_an_id(
    project: Path, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(given.ROOT))
    entry = HOOKS[2]["entry"].split()
    subprocess.run(["modulkarta", "schema"], cwd=project, check=True, capture_output=True)
    assert subprocess.run(entry, cwd=project, capture_output=True).returncode == 0
    (project / "catalogue/reference/organisations/ny-namnd.yaml").write_text("name: Nya nämnden\n", "utf-8")
    assert subprocess.run(entry, cwd=project, capture_output=True).returncode == 1
