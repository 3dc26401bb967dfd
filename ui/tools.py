"""The assistant as tools of the Model Context Protocol, for language models that look things up. The door to its SDK (mcp)."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from assistant.answering import Assistant
from corpus.errors import AssistantError
from ui import programs
from ui.problems import told

INSTRUCTIONS = (
    "Danish digital strategies since 2001. Every citation is a verified verbatim quote with its document and page: quote it "
    "as it stands, in its own language, and name document and page. Where `abstained` is not null, the documents do not answer."
)
READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

Question = Annotated[str, Field(description="a question in Danish or English that can be understood alone")]
Strategies = Annotated[list[str], Field(description="ids, periods (2016-2020) or titles of strategies; none means all")]


def tools(assistant: Assistant) -> MCPServer[Any]:
    """Return the server of the tools, which `run("stdio")` serves to the program that started this one."""
    server: MCPServer[Any] = MCPServer("strategy-assistant", instructions=INSTRUCTIONS, log_level="WARNING")

    @server.tool(annotations=READS)
    def search(question: Question, strategies: Strategies = []) -> dict[str, Any]:  # noqa: B006
        """Find the passages nearest to a question, best first. They are not judged: they may not answer it."""
        return _told(lambda: programs.search(assistant, question, filters=programs.within(assistant, strategies)).data())

    @server.tool(annotations=READS)
    def ask(question: Question, strategies: Strategies = []) -> dict[str, Any]:  # noqa: B006
        """Answer a question in quotes verified word for word against their page, or abstain and say what is covered."""
        return _told(
            lambda: programs.record_of(programs.ask(assistant, question, filters=programs.within(assistant, strategies))).data()
        )

    @server.tool(annotations=READS)
    def compare(
        topic: Annotated[str, Field(description="one thing, such as digital post")],
        strategies: Strategies = [],  # noqa: B006
        language: Literal["da", "en"] | None = None,
    ) -> dict[str, Any]:
        """Say for each strategy what it says of a topic, or that it does not mention it and how many pages were searched."""
        return _told(lambda: programs.compare(assistant, topic, strategies, language).data())

    @server.tool(annotations=READS)
    def open_page(
        document: Annotated[str, Field(description="`document` of a citation or a passage")],
        page: Annotated[int, Field(description="`page` of it, counted from 1")],
    ) -> dict[str, Any]:
        """Read the whole text of a page, to see a quote where it stands."""
        return _told(lambda: programs.page(assistant, document, page))

    return server


def _told(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return work()
    except AssistantError as error:
        raise ToolError(told(error)[1]) from error
    except programs.NoPageError as error:
        raise ToolError(str(error)) from error
