"""Every word of the interface, in Danish and in English, in one table. Documents and answers keep their language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from corpus.catalogue import EditionLanguage, Status
from corpus.values import Language
from ingest.pipeline import Status as OutcomeStatus
from ui.judging import Reason
from ui.picturing import Unseen
from ui.references import Style
from ui.uploads import Refusal

InterfaceLanguage = Literal["da", "en"]
DocumentKind = Literal["official", "digest", "other"]
Tab = Literal["chat", "compare", "timeline", "library", "runs"]
Change = Literal["same words", "moved", "gone"]
"""What became of a cited page since the answer: the same words in a newer document, elsewhere in it, or nowhere."""
Failure = Literal["question", "empty_index", "busy", "store", "embedder", "stopped", "unexpected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The words of one language; braces name what is filled in."""

    language: InterfaceLanguage
    title: str
    tagline: str
    language_switch: str
    log_out: str
    tabs: str
    tab: Mapping[Tab, str]
    coverage: str
    examples: str
    examples_in_danish: str
    examples_in_english: str
    conversation: str
    question_label: str
    question_placeholder: str
    send: str
    new_conversation: str
    you_asked: str
    searching: str
    no_answer: str
    open_citation: str
    evidence: str
    evidence_hint: str
    citations: str
    citation: str
    strategy: str
    standing: Mapping[Status, str]
    publisher: str
    published: str
    edition: str
    edition_in: Mapping[EditionLanguage, str]
    day: str
    months: tuple[str, ...]
    new_window: str
    page: str
    pages_differ: str
    file: str
    our_own: str
    kind: Mapping[DocumentKind, tuple[str, str]]
    verified: str
    unverified: str
    page_text: str
    section_text: str
    recognised: str
    back_to_answer: str
    page_gone: str
    page_without_text: str
    picture: str
    picture_boxed: str
    unboxed: str
    unseen: Mapping[Unseen, str]
    leafing: str
    page_before: str
    page_after: str
    page_of: str
    back_to_quote: str
    copy: Mapping[Style, str]
    copied: str
    failures: Mapping[Failure, str]
    widen: str
    changed: Mapping[Change, str]
    stop: str
    again: str
    edit: str
    answer_link: str
    link_copied: str
    judge_good: str
    judge_bad: str
    judge_why: str
    judge_send: str
    judged: str
    reasons: Mapping[Reason, str]
    kept: str
    kept_none: str
    kept_rename: str
    kept_name: str
    kept_delete: str
    export_markdown: str
    export_word: str
    reference_list: str
    how_made: str
    corpus_version: str
    embedding_model: str
    language_model: str
    no_language_model: str
    program: str
    in_force: str
    held_official: str
    held_digest: str
    held_not: str
    adding: str
    choose_files: str
    drop_files: str
    upload_limits: str
    sending: str
    refusals: Mapping[Refusal, str]
    ingest_step: str
    ingest_stopped: str
    ingest_nothing: str
    outcome: Mapping[OutcomeStatus, str]
    group: Mapping[DocumentKind, str]
    language_of: Mapping[Language, str]
    pages_counted: tuple[str, str]
    sections_counted: tuple[str, str]
    without_text: str
    more_of_document: str
    checksum: str
    ingested: str
    moment: str
    read_with: str
    unknown: str
    remove_document: str
    remove_sure: str
    keep_document: str


DANISH = Texts(
    language="da",
    title="Strategiassistenten",
    tagline="Spørg om 25 års digitaliseringsstrategier i den offentlige sektor. "
    "Svaret består af ordrette citater, og hvert af dem kan du slå efter på siden, hvor det står.",
    language_switch="Sprog på skærmen",
    log_out="Log ud ({name})",
    tabs="Sider",
    tab={"chat": "Spørg", "compare": "Sammenlign", "timeline": "Tidslinje", "library": "Samlingen", "runs": "Kørsler"},
    coverage="Søger i {documents} dokumenter, {pages} sider",
    examples="Prøv for eksempel",
    examples_in_danish="På dansk",
    examples_in_english="På engelsk",
    conversation="Samtale",
    question_label="Dit spørgsmål",
    question_placeholder="På dansk eller engelsk",
    send="Spørg",
    new_conversation="Ny samtale",
    you_asked="Du spurgte",
    searching="Søger i dokumenterne",
    no_answer="Intet svar i dokumenterne",
    open_citation="Vis kilde {n}: {place}",
    evidence="Kilden",
    evidence_hint="Vælg et tal i svaret, fx [1]. Så står siden her med citatet markeret.",
    citations="Kilder",
    citation="Kilde {n}",
    strategy="Strategi",
    standing={"announced": "endnu ikke i kraft", "in force": "gældende", "superseded": "afløst", "ended": "udløbet"},
    publisher="Udgiver",
    published="udgivet {day}",
    edition="Officiel udgave",
    edition_in={"da": "dansk", "en": "engelsk"},
    day="{day}.\u00a0{month}\u00a0{year}",
    months=(
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ),
    new_window="åbner i et nyt vindue",
    page="Side {page}",
    pages_differ="{printed} (side {number} i filen)",
    file="Fil",
    our_own="Vores eget",
    kind={
        "official": ("Officielt dokument", "Teksten er udgiverens egen."),
        "digest": ("Vores eget resumé", "Skrevet af os ud fra officielle kilder. Citér kilden, ikke resuméet."),
        "other": ("Andet dokument", "Ikke genkendt som en officiel udgave af en strategi."),
    },
    verified="Citatet er sammenholdt med sidens tekst, tegn for tegn.",
    unverified="Citatet kunne ikke genfindes på siden. Brug det ikke.",
    page_text="Sidens tekst",
    section_text="Afsnittets tekst",
    recognised="Teksten er læst fra et billede af siden og kan rumme læsefejl.",
    back_to_answer="Tilbage til svaret",
    page_gone="Siden findes ikke længere i samlingen. Dokumentet er ændret eller fjernet, siden svaret blev givet.",
    page_without_text="Der er ingen tekst at læse på denne side.",
    picture="Billede af side {number}",
    picture_boxed="Billede af side {number}; citatet er indrammet",
    unboxed="Citatet står på siden, men dets nøjagtige plads i billedet kan ikke afgøres. Det er markeret i sidens tekst.",
    unseen={
        "gone": "Siden kan ikke vises som billede, for filen ligger ikke længere, hvor den blev indlæst fra. Her er dens tekst.",
        "changed": "Siden kan ikke vises som billede, for filen er ændret, siden den blev indlæst. Her er teksten, som den var.",
        "no pictures": "Dokumentet er ikke en PDF og vises derfor som tekst.",
        "undrawable": "Siden kan ikke tegnes og vises derfor som tekst.",
    },
    leafing="Bladr i dokumentet",
    page_before="Forrige side",
    page_after="Næste side",
    page_of="Side {number} af {count} i filen",
    back_to_quote="Til citatet",
    copy={"apa": "Kopiér med APA-henvisning", "danish": "Kopiér med dansk henvisning"},
    copied="Kopieret",
    failures={
        "question": "Spørgsmålet kan ikke besvares, som det står. Stil det kortere eller enklere.",
        "empty_index": "Der er ingen dokumenter at søge i endnu. Læg nogle ind med »python -m ingest«.",
        "busy": "Dokumenterne er ved at blive opdateret. Prøv igen om lidt.",
        "store": "Samlingen af dokumenter kan ikke læses lige nu. Prøv igen, eller genstart programmet.",
        "embedder": "Søgemodellen mangler eller er beskadiget. Installér programmet igen.",
        "stopped": "Søgningen blev stoppet.",
        "unexpected": "Noget gik galt hos os. Samtalen er bevaret; prøv at spørge igen.",
    },
    widen="Søg også uden for: {label}",
    changed={
        "same words": "Kilde {n} er læst ind på ny; de citerede ord står der stadig.",
        "moved": "Kilde {n} er læst ind på ny; de citerede ord står nu på en anden side.",
        "gone": "Kilde {n} findes ikke længere i samlingen, eller de citerede ord er væk fra den.",
    },
    stop="Stop",
    again="Spørg igen",
    edit="Ret spørgsmålet",
    answer_link="Kopiér link til svaret",
    link_copied="Linket er kopieret",
    judge_good="Godt svar",
    judge_bad="Dårligt svar",
    judge_why="Hvad er galt med svaret?",
    judge_send="Send",
    judged="Tak. Din vurdering er gemt på denne maskine.",
    reasons={
        "wrong page": "Forkert side",
        "incomplete": "Ufuldstændigt",
        "should not have answered": "Svarede, selv om det ikke skulle",
        "should have answered": "Svarede ikke, selv om det kunne",
        "outdated": "Forældet",
    },
    kept="Tidligere samtaler",
    kept_none="Der er ingen endnu. Samtaler gemmes kun i denne browser.",
    kept_rename="Omdøb",
    kept_name="Samtalens navn",
    kept_delete="Slet",
    export_markdown="Hent som Markdown",
    export_word="Hent som Word",
    reference_list="Referencer",
    how_made="Sådan er svarene lavet",
    corpus_version="samlingens version",
    embedding_model="Søgemodel",
    language_model="Sprogmodel",
    no_language_model="ingen, svarene er ordrette citater",
    program="Lavet med",
    in_force="I kraft i dag, {day}",
    held_official="officiel udgave i samlingen",
    held_digest="kun vores resumé i samlingen",
    held_not="ikke i samlingen",
    adding="Tilføj dokumenter",
    choose_files="Vælg filer",
    drop_files="eller træk dem hertil.",
    upload_limits="PDF, Word, HTML, Markdown eller tekst, højst {size} MB pr. fil. Filerne bliver på denne maskine.",
    sending="Sender {name} … {percent} %",
    refusals={
        "name": "{name} har intet brugbart filnavn.",
        "format": "{name} er i et format, der ikke kan læses.",
        "size": "{name} er for stor.",
        "count": "Der er ikke plads til flere filer. Fjern nogle først.",
        "empty": "{name} er tom.",
        "disk": "{name} kunne ikke gemmes på disken.",
    },
    ingest_step="Læser fil {done} af {total}:",
    ingest_stopped="Indlæsningen blev afbrudt. Samlingen er, som den var.",
    ingest_nothing="Alle filer var i samlingen i forvejen.",
    outcome={
        "added": "er tilføjet.",
        "replaced": "er opdateret.",
        "unchanged": "er uændret.",
        "removed": "er fjernet.",
        "duplicate": "er i samlingen i forvejen:",
        "kept": "er beholdt:",
        "failed": "kunne ikke læses:",
    },
    group={"official": "Officielle dokumenter", "other": "Andre dokumenter", "digest": "Vores egne resuméer"},
    language_of={"da": "dansk", "en": "engelsk", "no": "norsk", "sv": "svensk", "other": "andet sprog"},
    pages_counted=("{count} side", "{count} sider"),
    sections_counted=("{count} afsnit", "{count} afsnit"),
    without_text="{count} uden tekst",
    more_of_document="Detaljer",
    checksum="Kontrolsum (SHA-256)",
    ingested="Indlæst",
    moment="{day} kl. {time}",
    read_with="Læst med",
    unknown="ukendt",
    remove_document="Fjern fra samlingen",
    remove_sure="Svar kan ikke længere bygge på dokumentet.",
    keep_document="Behold",
)

ENGLISH = Texts(
    language="en",
    title="Strategy Assistant",
    tagline="Ask about 25 years of Danish public-sector digital strategy. "
    "Answers are made of verbatim quotes, each of which you can look up on the page where it stands.",
    language_switch="Language on screen",
    log_out="Log out ({name})",
    tabs="Pages",
    tab={"chat": "Chat", "compare": "Compare", "timeline": "Timeline", "library": "Library", "runs": "Runs"},
    coverage="Searching {documents} documents, {pages} pages",
    examples="For example",
    examples_in_danish="In Danish",
    examples_in_english="In English",
    conversation="Conversation",
    question_label="Your question",
    question_placeholder="In English or Danish",
    send="Ask",
    new_conversation="New conversation",
    you_asked="You asked",
    searching="Searching the documents",
    no_answer="No answer in the documents",
    open_citation="Show source {n}: {place}",
    evidence="The source",
    evidence_hint="Choose a number in the answer, such as [1]. Its page then appears here with the quote marked.",
    citations="Sources",
    citation="Source {n}",
    strategy="Strategy",
    standing={"announced": "not yet in force", "in force": "in force", "superseded": "superseded", "ended": "ended"},
    publisher="Publisher",
    published="published {day}",
    edition="Official edition",
    edition_in={"da": "Danish", "en": "English"},
    day="{day}\u00a0{month}\u00a0{year}",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    new_window="opens in a new window",
    page="Page {page}",
    pages_differ="{printed} (page {number} of the file)",
    file="File",
    our_own="Our own",
    kind={
        "official": ("Official document", "The text is the publisher's own."),
        "digest": ("Our own digest", "Written by us from official sources. Cite the source, not the digest."),
        "other": ("Other document", "Not recognised as an official edition of a strategy."),
    },
    verified="The quote has been checked against the text of the page, character by character.",
    unverified="The quote could not be found on the page. Do not use it.",
    page_text="Text of the page",
    section_text="Text of the section",
    recognised="The text was read from an image of the page and may hold reading errors.",
    back_to_answer="Back to the answer",
    page_gone="The page is no longer in the collection: its document was changed or removed after the answer.",
    page_without_text="There is no text to read on this page.",
    picture="Picture of page {number}",
    picture_boxed="Picture of page {number}, with the quote boxed",
    unboxed="The quote is on this page, but its exact place in the picture cannot be told. It is marked in the page's text.",
    unseen={
        "gone": "The page cannot be shown as a picture: its file is no longer where it was ingested from. Here is its text.",
        "changed": "The page cannot be shown as a picture: its file has changed since it was ingested. Here is the earlier text.",
        "no pictures": "The document is not a PDF and is therefore shown as text.",
        "undrawable": "The page cannot be drawn and is therefore shown as text.",
    },
    leafing="Leaf through the document",
    page_before="Previous page",
    page_after="Next page",
    page_of="Page {number} of {count} in the file",
    back_to_quote="To the quote",
    copy={"apa": "Copy with APA reference", "danish": "Copy with Danish reference"},
    copied="Copied",
    failures={
        "question": "The question cannot be answered as it stands. Make it shorter or simpler.",
        "empty_index": 'There are no documents to search yet. Add some with "python -m ingest".',
        "busy": "The documents are being updated. Try again in a moment.",
        "store": "The collection of documents cannot be read just now. Try again, or restart the program.",
        "embedder": "The search model is missing or damaged. Install the program again.",
        "stopped": "The search was stopped.",
        "unexpected": "Something went wrong on our side. The conversation is kept; try asking again.",
    },
    widen="Search beyond: {label}",
    changed={
        "same words": "Source {n} has been ingested anew; the quoted words still stand there.",
        "moved": "Source {n} has been ingested anew; the quoted words now stand on another page.",
        "gone": "Source {n} is no longer in the library, or the quoted words are gone from it.",
    },
    stop="Cancel",
    again="Ask again",
    edit="Edit the question",
    answer_link="Copy link to the answer",
    link_copied="Link copied",
    judge_good="Good answer",
    judge_bad="Bad answer",
    judge_why="What is wrong with the answer?",
    judge_send="Submit",
    judged="Thank you. Your verdict is kept on this machine.",
    reasons={
        "wrong page": "Wrong page",
        "incomplete": "Incomplete",
        "should not have answered": "Answered though it should not",
        "should have answered": "Did not answer though it could",
        "outdated": "Outdated",
    },
    kept="Earlier conversations",
    kept_none="There are none yet. Conversations are kept in this browser alone.",
    kept_rename="Rename",
    kept_name="Name of the conversation",
    kept_delete="Delete",
    export_markdown="Download as Markdown",
    export_word="Download as Word",
    reference_list="References",
    how_made="How the answers were made",
    corpus_version="library version",
    embedding_model="Search model",
    language_model="Language model",
    no_language_model="none, answers are verbatim quotes",
    program="Made with",
    in_force="In force today, {day}",
    held_official="official edition in the library",
    held_digest="only our digest in the library",
    held_not="not in the library",
    adding="Add documents",
    choose_files="Choose files",
    drop_files="or drop them here.",
    upload_limits="PDF, Word, HTML, Markdown or text, at most {size} MB a file. The files stay on this machine.",
    sending="Sending {name} … {percent}%",
    refusals={
        "name": "{name} has no usable file name.",
        "format": "{name} is of a format that cannot be read.",
        "size": "{name} is too large.",
        "count": "There is no room for more files. Remove some first.",
        "empty": "{name} is empty.",
        "disk": "{name} could not be saved to disk.",
    },
    ingest_step="Reading file {done} of {total}:",
    ingest_stopped="The ingest was interrupted. The library is as it was.",
    ingest_nothing="Every file was in the library already.",
    outcome={
        "added": "has been added.",
        "replaced": "has been updated.",
        "unchanged": "is unchanged.",
        "removed": "has been removed.",
        "duplicate": "is in the library already:",
        "kept": "has been kept:",
        "failed": "could not be read:",
    },
    group={"official": "Official documents", "other": "Other documents", "digest": "Our own digests"},
    language_of={"da": "Danish", "en": "English", "no": "Norwegian", "sv": "Swedish", "other": "another language"},
    pages_counted=("{count} page", "{count} pages"),
    sections_counted=("{count} section", "{count} sections"),
    without_text="{count} without text",
    more_of_document="Details",
    checksum="Checksum (SHA-256)",
    ingested="Ingested",
    moment="{day} at {time}",
    read_with="Read with",
    unknown="unknown",
    remove_document="Remove from the library",
    remove_sure="Answers can then no longer draw on this document.",
    keep_document="Keep it",
)

TEXTS: dict[InterfaceLanguage, Texts] = {"da": DANISH, "en": ENGLISH}

LANGUAGE_NAMES: dict[InterfaceLanguage, str] = {"da": "Dansk", "en": "English"}

EXAMPLES: dict[InterfaceLanguage, tuple[str, ...]] = {
    "da": (
        "Hvilke fokusområder har strategien for 2026-2029?",
        "Hvad skal Digital Fuldmagt blive til?",
        "Hvornår blev Digital Post obligatorisk for borgerne?",
    ),
    "en": (
        "How many initiatives are in the 2026-2029 strategy?",
        "What were the goals of the 2016-2020 strategy?",
        "Who agreed the joint-government strategies?",
    ),
}


def preferred_language(accept_language: str, default: InterfaceLanguage = "da") -> InterfaceLanguage:
    """Return the first of our languages in an HTTP `Accept-Language` header (RFC 9110, 12.5.4), by its order alone."""
    for entry in accept_language.split(","):
        match entry.split(";")[0].strip().lower().split("-")[0]:
            case "da":
                return "da"
            case "en":
                return "en"
    return default


def number(value: int, language: InterfaceLanguage) -> str:
    """Return `value` with the thousands separator of `language`: 1.234 in Danish, 1,234 in English."""
    return f"{value:,}".replace(",", "." if language == "da" else ",")


def numbers(count: int, forms: tuple[str, str], language: InterfaceLanguage) -> str:
    """Return a count with the word for one or for several: 1 side, 52 sider."""
    return forms[count != 1].format(count=number(count, language))


def written_day(published: str, texts: Texts) -> str:
    """Return YYYY, YYYY-MM or YYYY-MM-DD as it is written: 11. juni 2025, 11 June 2025, juni 2025, 2025."""
    match published.split("-"):
        case [year, month, day]:
            return texts.day.format(day=int(day), month=texts.months[int(month) - 1], year=year)
        case [year, month]:
            return f"{texts.months[int(month) - 1]}\u00a0{year}"
        case _:
            return published


def written_moment(moment: datetime, texts: Texts) -> str:
    """Return a moment in this machine's time as it is written: 24. november 2026 kl. 9.05, 24 November 2026 at 9:05."""
    here = moment.astimezone()
    time = f"{here.hour}{'.' if texts.language == 'da' else ':'}{here.minute:02}"
    return texts.moment.format(day=written_day(here.date().isoformat(), texts), time=time)
