"""How `scripts/bench` knows what things cost: whole processes, by turns with a yardstick, on catalogues made up for it.

`synthetic` makes the catalogues. `watch` runs one process with all that it starts, `runs` what is asked of it, `turns`
many of them by turns. `works` says what the program does, `peers` what others do with the same catalogue, `session`
goes through it all and keeps the `results`. `table` and `page` say what was found, and `goals` what was wanted.
"""
