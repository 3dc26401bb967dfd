"""Every word of the tables and of the rooms that compare and show time, in Danish and in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.values import AnswerLanguage
from corpus.catalogue import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTexts:
    """The words of one language; braces name what is filled in."""

    strategy: str
    says: str
    the_strategies: str
    traced: str
    when: str
    told: str
    part: str
    elsewhere: str
    compare_title: str
    compare_about: str
    topic: str
    topic_compared: str
    topic_traced: str
    compare: str
    choose_strategies: str
    all_strategies: str
    some_strategies: str
    compare_hint: str
    download_csv: str
    download_word: str
    file: str
    level: Mapping[Level, str]
    levels: str
    timeline_title: str
    timeline_about: str
    trace_title: str
    trace: str
    timeline_hint: str
    chart: str
    bar: str
    as_table: str
    period: str
    today: str
    no_period: str
    superseded_by: str
    followed_by: str
    supersedes: str
    follows: str
    prolonged: str
    milestones: str
    source: str
    back: str
    ask: str
    questions: tuple[str, ...]


DANISH = TableTexts(
    strategy="Strategi",
    says="Hvad den siger",
    the_strategies="strategierne",
    traced="»{topic}« gennem tiden",
    when="Tid",
    told="Hvad der står",
    part="Del",
    elsewhere="Andet sted",
    compare_title="Ét emne på tværs af strategierne",
    compare_about="Alle sider gennemgås. For hver strategi får du dens bedste citat, eller at emnet ikke er omtalt.",
    topic="Emne",
    topic_compared="fx digital post, kunstig intelligens",
    topic_traced="fx NemID, grunddata",
    compare="Sammenlign",
    choose_strategies="Strategier",
    all_strategies="alle {count}",
    some_strategies="{count} valgt",
    compare_hint="Vælg et tal i tabellen, fx [1]. Så står siden her med citatet markeret.",
    download_csv="Hent som regneark (CSV)",
    download_word="Hent tabellen som Word",
    file="Sammenligning af {topic}",
    level={
        "joint": "Fællesoffentlige",
        "national": "Nationale",
        "sector": "Sektorer",
        "regional": "Regionale",
        "municipal": "Kommunale",
    },
    levels="Vis",
    timeline_title="Strategierne 2001-2029",
    timeline_about="Vælg en strategi for at læse og spørge om den. Fyldte bjælker gælder i dag; prikkerne er milepæle.",
    trace_title="Følg et emne gennem tiden",
    trace="Følg emnet",
    timeline_hint="Vælg en strategi i tidslinjen. Så står den her med sine milepæle og med spørgsmål, du kan stille om den.",
    chart="Strategiernes perioder, 2001 til 2029",
    bar="{name}, {period}, {state}",
    as_table="Vis som tabel",
    period="Periode",
    today="I dag",
    no_period="uden periode",
    superseded_by="Afløst af",
    followed_by="Efterfulgt af",
    supersedes="Afløste",
    follows="Fulgte efter",
    prolonged="forlænget til {year}",
    milestones="Milepæle",
    source="kilde",
    back="Tilbage til tidslinjen",
    ask="Spørg om den",
    questions=("{name}: Hvad er målene?", "{name}: Hvem har udgivet den?"),
)

ENGLISH = TableTexts(
    strategy="Strategy",
    says="What it says",
    the_strategies="the strategies",
    traced="“{topic}” through time",
    when="When",
    told="What is written",
    part="Part",
    elsewhere="Elsewhere",
    compare_title="One topic across the strategies",
    compare_about="Every page is gone through. For each strategy you get its best quote, or that it does not mention the topic.",
    topic="Topic",
    topic_compared="such as digital post, artificial intelligence",
    topic_traced="such as NemID, basic data",
    compare="Compare",
    choose_strategies="Strategies",
    all_strategies="all {count}",
    some_strategies="{count} chosen",
    compare_hint="Choose a number in the table, such as [1]. Its page then appears here with the quote marked.",
    download_csv="Download as spreadsheet (CSV)",
    download_word="Download the table as Word",
    file="Comparison of {topic}",
    level={
        "joint": "Joint",
        "national": "National",
        "sector": "Sector",
        "regional": "Regional",
        "municipal": "Municipal",
    },
    levels="Show",
    timeline_title="The strategies, 2001-2029",
    timeline_about="Choose a strategy to read and ask about it. Filled bars are in force today; the dots are milestones.",
    trace_title="Follow a topic through time",
    trace="Follow the topic",
    timeline_hint="Choose a strategy in the timeline. It then appears here with its milestones and questions to ask.",
    chart="The periods of the strategies, 2001 to 2029",
    bar="{name}: {period}, {state}",
    as_table="Show as table",
    period="Period",
    today="Today",
    no_period="without a period",
    superseded_by="Superseded by",
    followed_by="Followed by",
    supersedes="Superseded",
    follows="Came after",
    prolonged="prolonged to {year}",
    milestones="Milestones",
    source="source",
    back="Back to the timeline",
    ask="Ask about it",
    questions=("{name}: What are its goals?", "{name}: Who published it?"),
)

TABLE_TEXTS: Mapping[AnswerLanguage, TableTexts] = {"da": DANISH, "en": ENGLISH}
