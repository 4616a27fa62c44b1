"""The expressions of dates: what can begin one, its pattern, the function that builds its meaning."""

from __future__ import annotations

from onrecord.reading.dates_calendar import (
    days,
    decade,
    fiscal,
    iso,
    lone_day,
    lone_month,
    lone_year,
    month,
    numeric,
    short_year,
    years,
)
from onrecord.reading.dates_deixis import (
    distance,
    named_step,
    part_of,
    quarter,
    relative,
    season,
    this_day,
    unit_step,
    vaguely,
    weekday,
)
from onrecord.reading.dates_grammar import Builder

YEAR = r"(?:(?:,? (?:{of} )?|[,-])<y>(?: {year}(?:\.(?=[ ,]))?)?|,? (?:{of} )?<mod> {year})?"
AMONG = r"(?: ?- ?|/| {to} | {and} )"
OF_YEAR = r"(?:(?: {of}|,)?(?: {the})? (?:<y>|(?:<mod> )?{year}))"
NOT_NUMBER = r"(?![.,:]?{day-number|two-digits|three-digits|year-number}|[0-9%]| ?{scale|hundred}| ?%)"

PATTERNS: tuple[tuple[str, str, Builder], ...] = (
    ("m", r"<m>\.? <d>{th}?(?: ?- ?|/)<d2>{th}?" + NOT_NUMBER + YEAR, days),
    (
        "m",
        r"<m>\.? <d>{th}?" + AMONG + r"<d2>{th}?(?![:/]|-[A-Za-z])" + NOT_NUMBER + "(?:" + YEAR[:-1] + r"|(?! ?[a-z]))",
        days,
    ),
    ("m", r"<m>\.?,? (?:{the} )?<d>{th}?" + NOT_NUMBER + YEAR, days),
    ("m", r"<m>\.?,? (?:{of} )?(?:<y>(?: {year})?|<mod> {year}|'<h>)", month),
    ("m", r"<m>", lone_month),
    ("d", r"<d>{th}?" + AMONG + r"<d2>{th}? (?:{of} )?<m>\.?" + YEAR, days),
    ("d", r"<d>{th}?(?: {day})?[ -](?:{of} )?<m>\.?" + YEAR, days),
    (
        "d",
        r"<d>(?P<sep>[./-])<d2>(?P=sep)(?:<y>|<h>)(?![.,/-]?{day-number|two-digits|three-digits|year-number})",
        numeric,
    ),
    ("o", r"<o>[ -]{quarter}" + OF_YEAR + "?(?! {of})", quarter),
    ("d", r"<d>{th} {quarter}" + OF_YEAR + "?(?! {of})", quarter),
    ("o", r"<o> (?P<k>{half})" + OF_YEAR, quarter),
    ("o", r"<o> {half} {of} <m>(?:,? <y>)?", month),
    ("y", r"<y>-<d>-<d2>(?:[T ]<h>:<h2>(?::<h3>)?Z?)?", iso),
    ("y", r"<y>(?P<sep>[/.])<d>(?P=sep)<d2>", iso),
    ("y", r"<y> ?- ?<y2>", years),
    ("y", r"<y>[-/]<h>(?![.,/-]?{day-number|two-digits|three-digits|year-number})", years),
    ("y", r"<y>['-]?{decade-s}", decade),
    ("y", r"<y>", lone_year),
    ("h", r"'?<h>'?{decade-s}", decade),
    ("h", r"'<h>", short_year),
    ("dw", r"<dw>", decade),
    ("early", r"{early}(?: {of} {the}|-| )[ ]?<p>", part_of),
    ("the", r"{the} <d>{th}(?= ?[.,;:)\n]|$)", lone_day),
    ("w", r"<w>\.?(?: {part})?", weekday),
    ("step", r"<step>(?: <step2>)? (?:<w>|<m>(?!,? {day-number|year-number})|<s>)", named_step),
    ("mod", r"<mod> {year} <y>", fiscal),
    ("mod", r"<mod>(?: <mod2>)? <x>", unit_step),
    ("r", r"<r>(?: {part})?", relative),
    ("day", r"{day} {before|after} <r>", relative),
    ("u", r"<u> {ago}", distance),
    ("n", r"<n>(?:[ -]<n2>)? <u> {ago|earlier|later|hence}", distance),
    ("n", r"<n>(?:[ -]<n2>)? <u> {from} {now|relative}", distance),
    ("n", r"<n>(?:[ -]<n2>)? (?:{and} {article} {half} )?(?:<u>|{clock}) {ago}", vaguely),
    ("article", r"{article} <u> {ago|earlier|later|hence}", distance),
    ("on", r"(?P<t>{on} {this} {day}),? <n>(?:[ -]<n2>)? <u> {ago}", distance),
    ("this", r"(?P<t>{this} {day}),? <n>(?:[ -]<n2>)? <u> {ago}", distance),
    ("on", r"{on} {this} {day|date} {in} <y>", this_day),
    ("this", r"{this} {day|date} {in} <y>", this_day),
    ("that", r"{that} {day|date} {in} <y>", this_day),
    ("otd", r"{otd} {in} <y>", this_day),
    ("s", r"<s>(?: {of}|,)?(?: {the})? <y>(?:[-/](?:<y2>|<h>))?", season),
    ("quarter-mark", r"{quarter-mark}<d>(?:(?: {of})?[ -]<y>|'<h>)?", quarter),
    ("d", r"<d>(?:{quarter-mark}|(?P<k>{half-mark}))[ -]<y>", quarter),
    ("half-mark", r"(?P<k>{half-mark})<d>(?: {of})?[ -]<y>", quarter),
    ("fiscal", r"{fiscal}(?: {year})? ?<y>(?:[-/]<h>)?", fiscal),
)
