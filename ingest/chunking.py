"""From pages to chunks: sentences within blocks, consecutive sentences under one heading, never across it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sentencex

from corpus.language import language_of
from corpus.values import Block, Chunk, Language, Page, Sentence

VERSION = "1"
LONGEST_SENTENCE = 2000
FEWEST_WORDS_DISPLAYED = 5

# sentencex knows these as abbreviations but ends a sentence where a capital follows; none of them ever ends one.
NEVER_LAST = re.compile(
    r"(?:^|[\s(])(?:f\.?\s?eks|bl\.\s?a|jf|ca|cf|nr|no|s|p|pp|kap|pkt|stk|afsn|hhv|inkl|ekskl|vedr|vha|ift|mht|e\.g|i\.e|vs|approx)\.\s*$",
    re.IGNORECASE,
)
LIST_MARK = re.compile(r"\s*[•●▪■◦‣·–—*-]\s+")
# To sentencex "KL." is the hour of the day (kl.); here it is the municipalities' association, as EU and AI are names.
ALWAYS_LAST = re.compile(r"\b[A-ZÆØÅ]{2,}\.\s+(?=[A-ZÆØÅ])")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """The sentences that stand under one heading."""

    heading_path: tuple[str, ...]
    sentences: tuple[Sentence, ...]


def sentence_spans(text: str, language: Language) -> list[tuple[int, int]]:
    """Return the [start, end) of each sentence in `text`, white space around it left out."""
    begin, spans = 0, []
    for end in _boundaries(text, language):
        if end == len(text) or not NEVER_LAST.search(text[begin:end]):
            spans.append(_trim(text, begin, end))
            begin = end
    return [part for start, end in spans if start < end for part in _cut(text, start, end)]


def _boundaries(text: str, language: Language) -> list[int]:
    found, position = {len(text)}, 0
    for piece in sentencex.segment("da" if language == "da" else "en", text):
        position = text.index(piece, position) + len(piece)
        found.add(position)
    return sorted(found | {match.end() for match in ALWAYS_LAST.finditer(text)})


def chunk_pages(pages: Sequence[Page], *, document_id: str, title: str, language: Language, longest: int) -> list[Chunk]:
    """Return the chunks of a document: each at most `longest` characters, unless one sentence alone is longer.

    A heading that repeats the document's title is left out of the heading paths.
    """
    chunks: list[Chunk] = []
    for run in _runs(pages, title, language):
        for sentences in _pack(run.sentences, longest):
            chunks.append(
                Chunk(
                    id=f"{document_id}:{len(chunks)}",
                    document_id=document_id,
                    position=len(chunks),
                    heading_path=run.heading_path,
                    sentences=tuple(sentences),
                    language=language_of(" ".join(sentence.text for sentence in sentences), otherwise=language),
                )
            )
    return chunks


def _runs(pages: Sequence[Page], title: str, language: Language) -> Iterator[_Run]:
    headings: list[tuple[int, str]] = []
    sentences: list[Sentence] = []

    def finished() -> Iterator[_Run]:
        if sentences:
            yield _Run(heading_path=tuple(text for _, text in headings), sentences=tuple(sentences))
            sentences.clear()

    for page in pages:
        if statement := _displayed_statement(page):
            yield from finished()
            yield _Run(heading_path=(), sentences=(statement,))
            continue
        for place, block in enumerate(page.blocks):
            if block.kind == "heading":
                yield from finished()
                text = page.text[block.start : block.end].strip()
                if text.casefold() != title.casefold() and not _heads_contents(page, place):
                    headings[:] = [held for held in headings if held[0] < block.level]
                    headings.append((block.level, text))
            elif block.kind != "contents":
                sentences.extend(_sentences(page, block, language))
    yield from finished()


def _displayed_statement(page: Page) -> Sentence | None:
    """Return the words of a page that is all display type and states a figure: a title page, or "82 % trust" in large letters.

    Such a page has only headings, yet what it says is no heading of anything; a chapter's title page has no figure.
    """
    if not page.blocks or any(block.kind != "heading" for block in page.blocks):
        return None
    start, end = page.blocks[0].start, page.blocks[-1].end
    words = page.text[start:end].split()
    if len(words) < FEWEST_WORDS_DISPLAYED or not any(character.isdigit() for character in page.text):
        return None
    return Sentence(text=" ".join(words), page=page.number, start=start, end=end)


def _heads_contents(page: Page, place: int) -> bool:
    return place + 1 < len(page.blocks) and page.blocks[place + 1].kind == "contents"


def _sentences(page: Page, block: Block, language: Language) -> Iterator[Sentence]:
    mark = LIST_MARK.match(page.text, block.start, block.end)
    first = mark.end() if mark else block.start
    text = page.text[first : block.end]
    for start, end in sentence_spans(text, language):
        yield Sentence(text=text[start:end], page=page.number, start=first + start, end=first + end)


def _pack(sentences: Sequence[Sentence], longest: int) -> Iterator[list[Sentence]]:
    held: list[Sentence] = []
    length = 0
    for sentence in sentences:
        if held and length + len(sentence.text) > longest:
            yield held
            held, length = [], 0
        held.append(sentence)
        length += len(sentence.text) + 1
    if held:
        yield held


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    # Tables and lost punctuation make "sentences" of many pages; cut at a space so that a chunk stays a chunk.
    while end - start > LONGEST_SENTENCE:
        space = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        middle = space if space > start else start + LONGEST_SENTENCE
        yield _trim(text, start, middle)
        start, end = _trim(text, middle, end)
    if start < end:
        yield start, end
