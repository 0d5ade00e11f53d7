"""Much of the same kind, done by several processes where there are cores for it; what comes out is in the order asked.

Nothing depends on the others: they may be slow, or be killed.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import Any, TypeVar

from modulkarta import cores

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
Each = Callable[[Iterable[Asked]], Iterator[Answer]]
_MOST = 4
"""Processes: each may come to hold as much as the first."""
_PART = 8
"""Questions that are handed over at a time."""
_AHEAD = 3 * _MOST
"""Parts that are handed over before the first of them is taken: all have work, and few answers lie waiting."""


@contextmanager
def abreast(answer: Callable[[Asked], Answer]) -> Iterator[Each[Asked, Answer]]:
    """Answers many questions, each by `answer`, which need not be asked in the process that it was made in."""
    several = min(cores.at_once(), _MOST)
    if several == 1:
        yield lambda questions: map(answer, questions)
        return
    gc.freeze()  # looking through what all share would give each process a copy of its own
    pool = ProcessPoolExecutor(several, get_context("fork"), _begun, (answer,))
    try:
        yield lambda questions: _answered(pool, answer, questions)
    finally:
        pool.shutdown(cancel_futures=True)


def _answered(
    pool: ProcessPoolExecutor, answer: Callable[[Asked], Answer], questions: Iterable[Asked]
) -> Iterator[Answer]:
    waiting: deque[tuple[list[Asked], Future[list[Answer]] | None]] = deque()
    left = iter(questions)
    while (part := list(islice(left, _PART))) or waiting:
        if part:
            waiting.append((part, _handed_over(pool, part)))
        if not part or len(waiting) > _AHEAD:
            first, answers = waiting.popleft()
            yield from _heard(answers) or map(answer, first)


def _handed_over(pool: ProcessPoolExecutor, part: list[Any]) -> Future[list[Any]] | None:
    with suppress(BrokenProcessPool):
        return pool.submit(_part, part)
    return None


def _heard(answers: Future[list[Answer]] | None) -> list[Answer] | None:
    """The answers to a part; None where those who had it are gone."""
    with suppress(BrokenProcessPool):
        return answers.result() if answers else None
    return None


_answer: Callable[[Any], Any]
"""What one of the others answers by."""


def _begun(answer: Callable[[Any], Any]) -> None:
    """One of the others begins. It ends when the first says so, or is no more; not by what is meant for the first."""
    global _answer
    _answer = answer
    signal.signal(signal.SIGINT, lambda *_: None)
    threading.Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    if first := parent_process():
        wait([first.sentinel])
    os._exit(1)


def _part(questions: list[Any]) -> list[Any]:
    return [_answer(one) for one in questions]
