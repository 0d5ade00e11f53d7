"""The month and the day that a report is about."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from modulkarta.cli.options import today
from modulkarta.dates import month_of
from modulkarta.source.moments import last_day


class Month(click.ParamType[date]):
    """A month written 2026-11: its last day."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        day = last_day(value)
        if day is None:
            self.fail(f"”{value}” är inte en månad; skriv den som 2026-11", param, ctx)
        return day


def report_day(on: date | None, month: date | None) -> date:
    """The day of a report: the one asked for, else the last of the month asked for, else today."""
    if on and month and month_of(on) != month_of(month):
        raise click.UsageError(f"Dagen {on} ligger inte i {month_of(month)}. Ange --date eller --month.")
    return on or month or today()
