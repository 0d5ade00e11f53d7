"""The tools: what each is for, what it is asked with, and who answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from modulkarta.findings import Message, message
from modulkarta.mcp import plans, sized, things
from modulkarta.mcp.asking import Asked, Parameter, Reading, Refused, wrong
from modulkarta.records.values import Record
from modulkarta.wording import Language, said, sentence

_HINTS = {"readOnlyHint": True, "destructiveHint": False, "idempotentHint": True, "openWorldHint": False}
_INSTRUCTIONS = message(
    "Katalogen säger vilka moduler, system, processer, begrepp och planer som finns. Börja med sok, sedan hamta. "
    "Svara bara med det som står här. missing och unknown betyder att uppgiften saknas: säg det, och gissa inte. "
    "truth säger vad en uppgift vilar på: fact är fakta, assumption antagande, illustrative påhittat exempel. "
    "Ange var uppgiften står, med at (fil:rad) och url. Är more större än 0 finns det fler: fråga igen med next."
)
_ID = Parameter(name="id", what=message("Postens id, till exempel från sok."), required=True)
_DAY = Parameter(name="datum", what=message("Planen den dagen, som 2028-01-01. Annars i dag."))
_SKIP = Parameter(name=sized.SKIP, type="integer", what=message("Hoppa över så många, för att få resten av en lista."))
_NUMBER = Parameter(name="antal", type="integer", least=1, most=100, what=message("Högst så många; 10 om inget sägs."))


@dataclass(frozen=True, kw_only=True, slots=True)
class Tool:
    """A question that an assistant may ask."""

    name: str
    title: Message
    what: Message
    parameters: tuple[Parameter, ...]
    answer: Callable[[Asked], Record]


TOOLS = (
    Tool(
        name="sok", title=message("Sök"), answer=things.sok,
        what=message("Sök i hela katalogen. Böjda ord, delar av ord, andra ord för samma sak och stavfel går bra."),
        parameters=(
            Parameter(name="fraga", what=message("Orden att söka på."), required=True),
            Parameter(name="sort", what=message("Bara den sorten, till exempel module, system, process eller term.")),
            _NUMBER, _SKIP,
        ),
    ),
    Tool(
        name="hamta", title=message("Hämta en post"), answer=things.hamta,
        what=message("Allt som katalogen säger om en post, vad det vilar på, och vilka uppgifter som saknas."),
        parameters=(
            _ID, _DAY,
            Parameter(name="falt", what=message("Bara det fältet, för att få hela det när det är långt.")), _SKIP,
        ),
    ),
    Tool(
        name="relationer", title=message("Samband"), answer=things.relationer,
        what=message("Vad en post nämner och vad som nämner den, med raden där det står."),
        parameters=(
            _ID,
            Parameter(name="riktning", what=message("ut: det som posten nämner. in: det som nämner posten."),
                      choices=("ut", "in")),
            _SKIP,
        ),
    ),
    Tool(
        name="glapp", title=message("Glapp"), answer=plans.glapp,
        what=message("Dagar då det gamla har upphört och ersättaren inte är i drift, värst först."),
        parameters=(
            Parameter(name="system", what=message("Bara det systemets glapp (id).")),
            Parameter(name="inom", what=message("Bara glapp inom till exempel 24m från datum.")), _DAY,
            Parameter(name="vad", choices=("glapp", plans.NOT_JUDGED),
                      what=message("glapp, eller det som inte kan bedömas för att en uppgift saknas.")),
            _SKIP,
        ),
    ),
    Tool(
        name="tackning", title=message("Täckning"), answer=plans.tackning,
        what=message("Funktion för funktion hur ett befintligt system ersätts, av vad och när."),
        parameters=(Parameter(name="system", what=message("Systemets id."), required=True), _SKIP),
    ),
    Tool(
        name="andringar", title=message("Ändringar"), answer=plans.andringar,
        what=message("Vad som har ändrats i katalogen mellan två tillfällen, i ord, det viktigaste först."),
        parameters=(
            Parameter(name="fran", what=message("Från när: en dag, en rapport som rapport-2026-10 eller ett id i git. "
                                                "Annars den senaste rapporten.")),
            Parameter(name="till", what=message("Till när. Annars nu.")), _SKIP,
        ),
    ),
    Tool(
        name="fardplan", title=message("Färdplan"), answer=plans.fardplan,
        what=message("Planen: milstolparna, insatserna eller alla dagar som återstår, som den är en dag."),
        parameters=(
            Parameter(name="del", what=message("Vilken del. Annars milstolpar."), choices=tuple(plans.PARTS)),
            _DAY, _SKIP,
        ),
    ),
    Tool(
        name="begrepp", title=message("Begrepp"), answer=things.begrepp,
        what=message("Vad ord betyder här: definition, vilket ord som ska användas och vilka som ska undvikas."),
        parameters=(Parameter(name="ord", what=message("Ordet. Annars alla begrepp.")), _NUMBER, _SKIP),
    ),
)  # fmt: skip


class Desk:
    """Answers of the catalogue that `reading` gives, which may be another each time."""

    def __init__(self, reading: Callable[[], Reading], today: Callable[[], date], language: Language) -> None:
        self._reading, self._today, self._language = reading, today, language
        self.instructions = said(_INSTRUCTIONS, language)

    def listed(self) -> Sequence[Mapping[str, Any]]:
        return [self._described(tool) for tool in TOOLS]

    def call(self, name: str, arguments: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """What a tool answers; what is wrong with the question is an answer too, so that it can be put right."""
        tool = next((one for one in TOOLS if one.name == name), None)
        if tool is None:
            return None
        if complaint := wrong(arguments, tool.parameters):
            return self._refused(complaint)
        asked = Asked(
            reading=self._reading(), today=self._today(), language=self._language, arguments=arguments
        )  # fmt: skip
        try:
            text = _written({**_of(asked), **tool.answer(asked)})
        except Refused as refused:
            return self._refused(refused.words)
        if len(text.encode("utf-8", "replace")) > sized.MOST:
            return self._refused(message("Svaret blir för stort. Fråga efter mindre."))
        return _content(text, wrong=False)

    def _refused(self, words: Message) -> Mapping[str, Any]:
        return _content(sentence(words, self._language), wrong=True)

    def _described(self, tool: Tool) -> Mapping[str, Any]:
        properties = {
            one.name: {**one.schema(), "description": said(one.what, self._language)} for one in tool.parameters
        }
        required = [one.name for one in tool.parameters if one.required]
        return {
            "name": tool.name,
            "title": said(tool.title, self._language),
            "description": said(tool.what, self._language),
            "inputSchema": {
                "type": "object", "properties": properties, "required": required, "additionalProperties": False
            },
            "annotations": {"title": said(tool.title, self._language), **_HINTS},
        }  # fmt: skip


def _of(asked: Asked) -> Record:
    """Of which catalogue and day an answer is, and how many faults the catalogue has."""
    read = asked.reading.read
    return {"version": read.version, "datum": asked.day.isoformat(), "errors": read.count("error")}


def _written(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _content(text: str, *, wrong: bool) -> Mapping[str, Any]:
    return {"content": [{"type": "text", "text": text}], "isError": wrong}
