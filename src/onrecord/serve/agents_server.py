"""The tools of ``serve.agents`` behind the official SDK's server, over standard streams or HTTP on loopback."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from mcp.server.mcpserver import MCPServer
from mcp.types import ToolAnnotations

from onrecord.serve.agents import INSTRUCTIONS, Agents

READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


def server(archive: Path) -> MCPServer:
    """The server over one archive; nothing in it writes."""
    agents = Agents(archive)
    made = MCPServer("onrecord", instructions=INSTRUCTIONS, version=version("onrecord"), log_level="WARNING")
    tools = (
        agents.search_statements,
        agents.get_statement,
        agents.check_quote,
        agents.check_text,
        agents.timeline,
        agents.list_changes,
        agents.coverage,
    )
    for tool in tools:
        made.tool(annotations=READ_ONLY, structured_output=True)(tool)
    return made
