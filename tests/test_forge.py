"""The comment at a forge: one, in its place, whatever the forge says."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import forges
import pytest
from forges import GARBAGE, TOKEN, Answer, Forge, drips, is_silent, says

from modulkarta.report import asking, forge
from modulkarta.report.asking import ForgeError
from modulkarta.report.comment import MARKER
from modulkarta.wording import said

OLD = f"{MARKER}\n\nGammal"
NEW = f"{MARKER}\n\nNy"
GONE = f"{MARKER}\n\nInget längre"


def put(there: Forge, text: str = NEW) -> str | None:
    return forge.put(forge.talk(there.dialect, there.environment), MARKER, text, GONE)


def refused(there: Forge, text: str = NEW) -> str:
    with pytest.raises(ForgeError) as error:
        put(there, text)
    return said(error.value.message)


# One comment, in its place


def test_the_first_time_it_is_a_new_comment(there: Forge) -> None:
    there.has("Bra!")
    where = put(there)
    assert there.comments == {100: "Bra!", 101: NEW}
    assert where is not None and where.startswith("https://forge.example/region/katalog/") and where.endswith("101")


def test_the_next_time_it_is_written_in_its_place(there: Forge) -> None:
    put(there, OLD)
    there.has("Bra!")
    assert put(there) == put(there, NEW)
    assert there.comments == {100: NEW, 101: "Bra!"}
    assert sum(one.startswith("POST") for one in there.asked) == 1


@pytest.mark.parametrize("before", [0, 99, 100, 101, 250])
def test_it_is_found_however_many_comments_there_are(there: Forge, before: int) -> None:
    there.has(*["Bra!"] * before)
    put(there, OLD)
    there.has(*["Tack!"] * (250 - before))
    put(there)
    assert [body for body in there.comments.values() if body.startswith(MARKER)] == [NEW]


def test_who_quotes_it_is_not_answered_in_their_own_comment(there: Forge) -> None:
    quotes = [f"> {OLD}", f"Se här:\n\n{OLD}", f"`{MARKER}`"]
    put(there, OLD)
    for quote in quotes:
        there.wrote(quote)  # a key that may edit all of them
    put(there)
    assert list(there.comments.values()) == [NEW, *quotes]


def test_a_copy_that_somebody_else_wrote_is_let_be(there: Forge) -> None:
    put(there, OLD)
    there.has(OLD)
    put(there)
    assert there.comments == {100: NEW, 101: OLD}


def test_where_only_others_wrote_it_it_is_a_new_comment(there: Forge) -> None:
    there.has(OLD, OLD)
    put(there)
    assert list(there.comments.values()) == [OLD, OLD, NEW]


def test_of_several_of_its_own_the_last_is_written_anew(there: Forge) -> None:
    there.wrote(OLD)
    there.wrote(OLD)
    put(there)
    assert there.comments == {100: OLD, 101: NEW}


def test_a_comment_that_is_gone_meanwhile_is_written_again(there: Forge) -> None:
    there.wrote(OLD)
    there.instead[there.edits] = [says(404, {})]
    put(there)
    assert there.comments == {100: OLD, 101: NEW}


def test_nothing_to_say_is_not_said(there: Forge) -> None:
    there.has("Bra!")
    assert put(there, "") is None
    assert there.comments == {100: "Bra!"}


def test_what_was_said_is_taken_back_when_there_is_nothing_to_say(there: Forge) -> None:
    there.wrote(OLD)
    put(there, "")
    assert there.comments == {100: GONE}


def test_what_else_is_in_the_list_is_passed_over(there: Forge) -> None:
    odd = [{}, [], None, 7, {"id": "100", "body": OLD}, {"id": 5, "body": None}, {"body": OLD}, {"id": 6}]
    there.instead["GET"] = [says(200, odd), says(200, [])]
    put(there)
    assert there.comments == {100: NEW}


# A forge that says no


def test_it_is_left_alone_as_long_as_it_asks_once(there: Forge, waits: list[float]) -> None:
    for status in (429, 403):
        there.instead["POST"] = [says(status, {}, Retry_After="7"), forges.proper]
        put(there)
        there.comments.clear()
    assert waits == [7, 7]


@pytest.mark.parametrize(
    "answer",
    [
        says(429, {}, Retry_After="61"), says(403, {}, Retry_After="3600"), says(429, {}),
        says(429, {}, Retry_After="-1"),
        says(429, {}, Retry_After="Wed, 21 Oct 2026 07:28:00 GMT"), says(403, {}, X_RateLimit_Remaining="0"),
        says(403, {"message": "You have exceeded a secondary rate limit."}),
    ],
)  # fmt: skip
def test_who_wants_to_be_left_alone_for_long_is(there: Forge, waits: list[float], answer: Answer) -> None:
    there.wrote(OLD)
    there.instead[there.edits] = [answer]
    assert refused(there) == "servern vill inte bli frågad så ofta (429); kör jobbet igen senare"
    assert waits == [] and not any(one.startswith("POST") for one in there.asked)


def test_it_is_waited_for_once_in_all(there: Forge, waits: list[float]) -> None:
    there.has(*["Bra!"] * 250)
    there.instead["GET"] = [says(429, {}, Retry_After="60"), forges.proper, says(429, {}, Retry_After="60")]
    assert "429" in refused(there)
    assert waits == [60]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_fault_of_its_own_may_pass(there: Forge, waits: list[float], status: int) -> None:
    there.wrote(OLD)
    there.instead["GET"] = [says(status, b"<html>"), forges.proper]
    put(there)
    assert there.comments == {100: NEW} and waits == [2]
    there.instead["GET"] = [says(status, b"<html>")]
    assert refused(there) == f"servern svarade {status}"


def test_what_may_have_been_written_all_the_same_is_not_written_twice(there: Forge, waits: list[float]) -> None:
    there.instead["POST"] = [says(502)]
    assert refused(there) == "servern svarade 502"
    assert sum(one.startswith("POST") for one in there.asked) == 1 and waits == []


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "känner inte igen nyckeln"), (403, "nyckeln får inte skriva"), (404, "hittar inte ändringen"),
        (422, "tar inte emot kommentaren (422)"), (413, "tar inte emot"), (418, "servern svarade 418"),
        (301, "annan adress"), (302, "annan adress"), (307, "annan adress"), (308, "annan adress"),
    ],
)  # fmt: skip
def test_a_refusal_is_told_in_words(there: Forge, status: int, words: str) -> None:
    there.instead["POST"] = [says(status, {})]
    assert words in refused(there)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST", "edit"])
def test_the_token_goes_nowhere_else(there: Forge, status: int, method: str) -> None:
    there.wrote(OLD) if method == "edit" else None
    with forges.running(there.dialect) as elsewhere:
        there.instead[there.edits if method == "edit" else method] = [says(status, {}, Location=elsewhere.address)]
        assert "nyckeln skickas inte dit" in refused(there)
        assert elsewhere.asked == [] == elsewhere.told


# A forge that cannot be understood or reached


@pytest.mark.parametrize("garbage", GARBAGE)
def test_what_is_not_understood_is_said_and_nothing_is_written(there: Forge, garbage: Answer) -> None:
    there.instead["GET"] = [garbage]
    assert refused(there).startswith(("servern svarade med något som inte går att läsa", "servern går inte att nå"))
    assert there.comments == {}


def test_an_answer_of_another_shape_is_no_reason_to_stop(there: Forge) -> None:
    for odd in ([], None, {"id": "x"}, "text"):
        there.instead["POST"] = [says(201, odd)]
        assert "12" in str(put(there))


def test_an_answer_that_is_too_large_is_not_read_to_its_end(there: Forge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_MOST_BYTES", 1000)
    there.instead["GET"] = [says(200, [{"id": 1, "body": "x" * 2000}])]
    assert refused(there) == "serverns svar är för stort"


def test_a_list_without_end_is_given_up_on(there: Forge) -> None:
    there.instead["GET"] = [says(200, [{"id": 1, "body": "Bra!"}] * 100)]
    put(there)
    assert there.comments == {100: NEW} and len(there.asked) < 100


@pytest.mark.parametrize("answer", [is_silent, drips])
def test_who_never_answers_is_given_up_on(there: Forge, monkeypatch: pytest.MonkeyPatch, answer: Answer) -> None:
    monkeypatch.setattr(asking, "_SECONDS", 0.2)
    there.instead["GET"] = [answer]
    assert refused(there).startswith("servern går inte att nå: ")


def test_a_server_that_is_not_there_is_told(there: Forge) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        there.address = f"http://127.0.0.1:{free.getsockname()[1]}"
        assert "Connection refused" in refused(there)


# What a job says of itself


def talk_refused(there: Forge, **changed: str | None) -> str:
    environment = {name: value for name, value in (there.environment | changed).items() if value is not None}
    with pytest.raises(ForgeError) as error:
        forge.talk(there.dialect, environment)
    return said(error.value.message)


def test_what_is_missing_is_named(there: Forge) -> None:
    needed = {
        "github": ["GITHUB_TOKEN", "GITHUB_REPOSITORY", "GITHUB_REF"],
        "gitlab": ["GITLAB_TOKEN", "CI_PROJECT_ID", "CI_MERGE_REQUEST_IID", "CI_API_V4_URL"],
    }[there.dialect]
    for name in needed:
        assert name in talk_refused(there, **{name: None})
        assert name in talk_refused(there, **{name: ""})


@pytest.mark.parametrize("token", ["å" * 20, f"{TOKEN}\nX-Header: 1", "två ord"])
def test_a_token_that_is_none_is_not_sent_and_not_shown(there: Forge, token: str) -> None:
    name = "GITHUB_TOKEN" if there.dialect == "github" else "GITLAB_TOKEN"
    told = talk_refused(there, **{name: token})
    assert name in told and token not in told


def test_a_token_pasted_with_a_line_break_is_the_same_token(there: Forge) -> None:
    name = "GITHUB_TOKEN" if there.dialect == "github" else "GITLAB_TOKEN"
    assert forge.talk(there.dialect, there.environment | {name: f" {TOKEN}\n"}) == forge.talk(
        there.dialect, there.environment
    )


@pytest.mark.parametrize(
    "address",
    ["http://forge.example", f"http://me:{TOKEN}@forge.example", "ftp://forge.example", "forge.example", "https://",
     "https://[x", "https://forge.example:port", "http://127.0.0.1.forge.example", "file:///etc/passwd"],
)  # fmt: skip
def test_the_token_is_sent_to_safe_addresses_only(there: Forge, address: str) -> None:
    name = "GITHUB_API_URL" if there.dialect == "github" else "CI_API_V4_URL"
    told = talk_refused(there, **{name: address})
    assert name in told and TOKEN not in told


def test_a_talk_shows_no_token(there: Forge) -> None:
    assert TOKEN not in repr(forge.talk(there.dialect, there.environment))


def test_the_key_of_a_job_at_gitlab_cannot_write() -> None:
    with forges.running("gitlab") as there:
        for token in (None, "", "jobbets-egen"):
            assert "CI_JOB_TOKEN) får inte skriva" in talk_refused(there, GITLAB_TOKEN=token)
        assert talk_refused(there, GITLAB_TOKEN=None, CI_JOB_TOKEN=None) == "miljövariabeln GITLAB_TOKEN saknas"


@pytest.mark.parametrize(
    ("event", "number"),
    [
        ({"pull_request": {"number": 31}}, "31"), ({"issue": {"number": 32, "pull_request": {}}}, "32"),
        ({"issue": {"number": 33}}, None), ({"pull_request": {"number": "../1"}}, None), ({"pull_request": []}, None),
        ([], None), ({}, None), (None, None),
    ],
)  # fmt: skip
def test_the_number_is_in_the_event_where_it_is_not_in_the_ref(
    tmp_path: Path, event: object, number: str | None
) -> None:
    told = tmp_path / "event.json"
    told.write_text("{" if event is None else json.dumps(event))
    with forges.running("github") as there:
        changed = {"GITHUB_REF": "refs/heads/main", "GITHUB_EVENT_PATH": str(told)}
        if number is None:
            assert talk_refused(there, **changed) == "jobbet körs inte för någon pull request (GITHUB_REF)"
        else:
            assert f"/issues/{number}/comments" in forge.talk("github", there.environment | changed).all


@pytest.mark.parametrize(
    "ref", ["", "refs/pull//merge", "refs/pull", "refs/pull/x/merge", "refs/pull/²/merge", "x/pull/3"]
)
def test_a_ref_of_another_sort_is_no_pull_request(ref: str) -> None:
    with forges.running("github") as there:
        assert "GITHUB_REF" in talk_refused(there, GITHUB_REF=ref)
