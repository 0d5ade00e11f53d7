"""What the pages ask of the plan on the day that is looked at: row by row, and which days to go to from there."""

from __future__ import annotations

from flask import Flask, g

from modulkarta import dates
from modulkarta.analysis.replacement import arrival, takeover
from modulkarta.analysis.roadmap import turns
from modulkarta.dates import When
from webapp import asked


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        turn_before=lambda: turns.before(asked.catalogue(), asked.on()),
        turn_after=lambda: turns.after(asked.catalogue(), asked.on()),
        day_choices=lambda: turns.choices(asked.catalogue(), g.today),
        over=over,
        interim=lambda row: arrival.interim(asked.catalogue(), row),
        decision=lambda row: arrival.decision(asked.catalogue(), row),
        holders_on=lambda one: takeover.holders_on(asked.catalogue(), one, asked.on()),
    )


def over(when: When) -> bool:
    """Whether a date is certainly behind the day that is asked for."""
    return dates.later(dates.day(asked.on()), when) == "yes"
