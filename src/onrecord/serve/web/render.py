"""Answers as HTML: templates that escape everything, with filters for what would be slow or intricate in them."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request

from onrecord.ask.citation import FORMATS
from onrecord.serve.web import listed, views
from onrecord.serve.web.address import Address, key_path
from onrecord.serve.web.charts import columns, number, table_rows, width
from onrecord.serve.web.marked import changed, marked
from onrecord.serve.web.wording import Wording, counted, day, interface_words, minute


@cache
def environment() -> Environment:
    """The templates' environment; everything is escaped unless it is Markup that we made."""
    env = Environment(
        loader=PackageLoader("onrecord.serve.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[Wording],
    )
    env.filters |= {
        "day": day,
        "minute": minute,
        "marked": marked,
        "changed": changed,
        "number": number,
        "key_path": key_path,
    }
    env.filters |= {"counted": counted, "columns": columns, "table_rows": table_rows} | views.FILTERS | listed.FILTERS
    env.globals |= {"w": interface_words(), "styles": tuple(FORMATS), "chart_width": width}
    return env


def html(template: str, request: Request, **values: Any) -> str:
    """The page of a template, as text."""
    address = Address(request)
    shown = environment().get_template(template).render(request=request, address=address, **values)
    return shown + "\n"
