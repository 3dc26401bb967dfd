"""The page in a real Chromium, as a person uses it: ask, check, leaf, copy, switch; by mouse, by keyboard and on a phone."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from assistant.values import Answer
from assistant.wiring import open_assistant
from corpus import page_images
from corpus.boxing import span_boxes
from corpus.catalogue import load_catalogue
from corpus.settings import Settings
from corpus.text import find_verbatim
from tests.conftest import PROJECT, indexed
from tests.fakes_ui import FakeAssistant
from tests.test_ui_runs import an_answered, write_run
from ui.app import build, launch
from ui.ports import first_free
from ui.run_texts import DANISH as DANISH_RUNS
from ui.run_texts import ENGLISH as ENGLISH_RUNS
from ui.table_texts import DANISH as DANISH_TABLES
from ui.texts import DANISH, ENGLISH
from ui.views import Views

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
QUESTION = "Hvad skal Digital Fuldmagt blive til?"
OTHERS = (an_answered("far", "Nothing.", abstained=True), an_answered('h"<b>', "<i>intet</i>"))

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium (Debian: apt-get install chromium)"),
]


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Views]:
    """The chat over two digests, whose files these tests may have as their own."""
    folder = tmp_path_factory.mktemp("browser")
    names = [f"digest-joint-2026-2029-{language}.pdf" for language in ("da", "en")]
    digests = [Path(shutil.copy(PROJECT / "corpus" / "digests" / name, folder)) for name in names]
    settings = Settings(index=indexed(folder / "index", digests))
    assistant = open_assistant(settings)
    write_run(folder / "runs" / "good", an_answered("many", "Der er tolv initiativer."), *OTHERS)
    write_run(folder / "runs" / "worse", an_answered("many", "Det vides ikke."), *OTHERS, started="2026-11-23T12:00:00+00:00")
    write_run(folder / "runs" / "elsewhere", an_answered("many", "Der er tolv."), *OTHERS, corpus="d")
    yield Views(assistant=assistant, catalogue=load_catalogue(), settings=settings, runs=folder / "runs")
    assistant.close()


@pytest.fixture(scope="module")
def address(views: Views) -> Iterator[str]:
    """Where the chat is served while these tests run."""
    port = first_free("127.0.0.1", 7970)
    assert port is not None
    page = build(views)
    yield launch(page, views, host="127.0.0.1", port=port)
    page.close(verbose=False)


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium, address: str, request: pytest.FixtureRequest) -> Iterator[object]:
    """A page of its own, in Danish, as wide, as dark as the test's parameter says."""
    wanted = getattr(request, "param", {})
    context = chromium.new_context(
        viewport=wanted.get("viewport", WIDE),
        color_scheme=wanted.get("scheme", "light"),
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}?lang=da")
    page.wait_for_selector(".welcome")
    yield page
    context.close()
    assert faults == []


def ask(tab, question: str = QUESTION) -> None:
    earlier = tab.locator(".turn").count()
    tab.fill("#question textarea", question)
    tab.click("#send")
    tab.wait_for_selector(f".turn:nth-child({earlier + 1}):not([aria-busy]) .claim")
    tab.wait_for_selector(".picture img")
    tab.wait_for_function("document.querySelector('.picture img').complete")


def box_of_the_quote(tab) -> list[list[float]]:
    """Left, top, right and bottom of every box, as parts of the picture as it lies on the screen."""
    found = tab.evaluate(
        """() => {
        const picture = document.querySelector('.picture img').getBoundingClientRect();
        return [...document.querySelectorAll('.box')].map((box) => {
            const at = box.getBoundingClientRect();
            return [(at.left - picture.left) / picture.width, (at.top - picture.top) / picture.height,
                    (at.right - picture.left) / picture.width, (at.bottom - picture.top) / picture.height];
        });
    }"""
    )
    return list(found)


def text_of(tab, selector: str) -> str:
    return str(tab.inner_text(selector))


def test_the_box_lies_where_the_file_holds_the_sentence(tab, views: Views) -> None:
    ask(tab)
    quote = text_of(tab, ".quotation blockquote")
    document_id, number = tab.get_attribute(".picture img", "src").removesuffix(".png").split("/")[1:]
    document = next(held for held in views.assistant.documents() if held.id == document_id)
    page = views.assistant.page(document_id, int(number))
    data, span = Path(document.path).read_bytes(), find_verbatim(quote, page.text)
    assert span
    spans = span_boxes(page, span, page_images.characters(data, page.number))
    expected = page_images.boxes(data, page.number, spans or ())
    assert expected
    for seen, box in zip(box_of_the_quote(tab), expected, strict=True):
        assert seen == pytest.approx([box.left, box.top, box.right, box.bottom], abs=0.012)


def test_each_language_is_answered_and_the_interface_switches(tab) -> None:
    ask(tab, "How many initiatives are in the 2026-2029 strategy?")
    assert tab.get_attribute(".answer", "lang") == "en"
    tab.click("[data-event=language][data-language=en]")
    tab.wait_for_selector(f"text={ENGLISH.title}")
    assert tab.evaluate("document.documentElement.lang") == "en"
    assert text_of(tab, ".rooms") == "\n".join(ENGLISH.tab.values())
    ask(tab)
    assert tab.get_attribute(".turn:last-child .answer", "lang") == "da"


def test_pages_are_leafed_through_and_the_way_leads_back(tab) -> None:
    ask(tab)
    before = tab.get_attribute(".picture img", "src")
    tab.click(f"[aria-label='{DANISH.page_after}']:enabled, [aria-label='{DANISH.page_before}']:enabled")
    tab.wait_for_selector(f"text={DANISH.back_to_quote}")
    assert tab.get_attribute(".picture img", "src") != before
    assert tab.query_selector(".box") is None
    tab.click(f"text={DANISH.back_to_quote}")
    tab.wait_for_selector(".box")
    assert tab.get_attribute(".picture img", "src") == before


def test_a_quote_is_copied_with_its_reference(tab) -> None:
    ask(tab)
    tab.click(f"text={DANISH.copy['danish']}")
    tab.wait_for_selector(f"text={DANISH.copied}")
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"»{text_of(tab, '.quotation blockquote')}«")
    assert "ikke det officielle dokument" in copied


def test_a_conversation_outlives_a_reload_and_is_listed_by_its_name(tab) -> None:
    ask(tab)
    tab.wait_for_function("localStorage.getItem('strategy-assistant')")
    tab.reload()
    tab.wait_for_selector(".claim")
    assert QUESTION in text_of(tab, ".question")
    assert tab.query_selector(".changes") is None
    tab.click("#fresh")
    tab.wait_for_selector(".welcome")
    tab.click(".kept summary")
    tab.click(f".kept .name:text-is('{QUESTION}')")
    tab.wait_for_selector(".claim")
    assert tab.query_selector(".box") is not None


def test_one_browser_knows_nothing_of_anothers_conversation(tab, chromium, address: str) -> None:
    ask(tab)
    other = chromium.new_context()
    page = other.new_page()
    page.goto(address)
    page.wait_for_selector(".welcome")
    assert QUESTION not in page.content().replace(f'data-question="{QUESTION}">{QUESTION}', "")
    other.close()


def test_a_link_leads_another_browser_to_the_same_evidence(tab, chromium) -> None:
    ask(tab)
    tab.click(f"text={DANISH.answer_link}")
    tab.wait_for_selector(f"text={DANISH.link_copied}")
    link = tab.evaluate("navigator.clipboard.readText()")
    other = chromium.new_context(locale="da-DK")
    page = other.new_page()
    page.goto(link)
    page.wait_for_selector(".box")
    assert text_of(page, ".quotation blockquote") == text_of(tab, ".quotation blockquote")
    other.close()


def test_a_conversation_is_saved_as_markdown_and_as_word(tab) -> None:
    ask(tab)
    saved = {}
    for kind in ("markdown", "word"):
        with tab.expect_download() as download:
            tab.click(f"[data-format={kind}]")
        saved[kind] = Path(download.value.path()).read_bytes()
    assert saved["markdown"].decode().startswith(f"# {QUESTION}")
    assert f"## {DANISH.reference_list}" in saved["markdown"].decode()
    assert saved["word"].startswith(b"PK")


def test_a_verdict_is_left_with_its_reason(tab, views: Views) -> None:
    ask(tab)
    tab.click(".judging summary")
    tab.check("input[value=incomplete]")
    tab.click(".judging [type=submit]")
    tab.wait_for_selector(".judged")
    last = (views.settings.data / "feedback.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    assert '"reasons": ["incomplete"]' in last


def test_a_file_is_dropped_in_asked_and_removed_again(tab, tmp_path: Path) -> None:
    good, bad = tmp_path / "Notat æøå.md", tmp_path / "ikke.pdf"
    good.write_text("# Notat om havne\n\nHavnene skal dele en digital havnekalender senest i 2031.\n", encoding="utf-8")
    bad.write_text("no PDF", encoding="utf-8")
    tab.click("[data-tab=library]")
    tab.set_input_files(".choose input", [str(good), str(bad)])
    tab.wait_for_selector(".outcomes", timeout=60_000)
    assert "Notat æøå.md er tilføjet." in text_of(tab, ".outcomes")
    assert "ikke.pdf kunne ikke læses" in text_of(tab, ".outcomes")
    document = tab.locator(".document", has_text="Notat om havne")
    document.wait_for()
    tab.click("[data-tab=chat]")
    tab.fill("#question textarea", "Hvornår skal havnene dele en digital havnekalender?")
    tab.click("#send")
    tab.wait_for_selector(".claim >> text=havnekalender")
    assert DANISH.unseen["no pictures"] in text_of(tab, "#evidence")
    tab.click("[data-tab=library]")
    document.locator("summary").click()
    document.locator("[data-event=unshelve]").click()
    tab.locator("[data-event=remove]").click()
    tab.wait_for_selector(f"text={DANISH.outcome['removed']}", timeout=60_000)
    document.wait_for(state="detached")


def test_everything_can_be_done_by_keyboard(tab) -> None:
    tab.focus("#question textarea")
    tab.keyboard.type(QUESTION)
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".turn:not([aria-busy]) .claim")
    tab.focus("#cite-0-1")
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.activeElement.className === 'evidence-title'")
    tab.keyboard.press("Escape")
    tab.wait_for_function("document.activeElement.id === 'cite-0-1'")
    tab.focus("[data-tab=library]")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".library", state="visible")
    assert not tab.is_visible("#desk")


@pytest.mark.parametrize("tab", [{"viewport": NARROW}], indirect=True)
def test_on_a_phone_the_evidence_lies_below_the_answer_and_nothing_is_cut_off(tab) -> None:
    ask(tab)
    tab.click("#cite-0-1")
    tab.wait_for_function("document.activeElement.className === 'evidence-title'")
    answer, evidence = (tab.locator(part).bounding_box() for part in ("#conversation", "#evidence"))
    assert evidence["y"] >= answer["y"] + answer["height"] - 1
    for name in DANISH.tab:
        tab.click(f".rooms [data-tab={name}]")
        assert tab.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


LOOKS = [{"viewport": size, "scheme": scheme} for size in (WIDE, NARROW) for scheme in ("light", "dark")]


@pytest.mark.parametrize("tab", LOOKS, indirect=True, ids=["wide light", "wide dark", "narrow light", "narrow dark"])
def test_axe_finds_nothing_serious_on_any_tab(tab) -> None:
    serious = [*faults(tab)]
    ask(tab)
    tab.click(".judging summary")
    serious += faults(tab)
    compare(tab)
    tab.click(".choosing summary")
    serious += faults(tab)
    tab.click(".rooms [data-tab=timeline]")
    tab.click("#bar-joint-2011-2015")
    tab.wait_for_selector("#account")
    tab.click(".tabled summary")
    serious += faults(tab)
    tab.click("[data-tab=library]")
    tab.locator(".document summary").first.click()
    serious += faults(tab)
    open_run(tab, "good")
    compare_runs(tab, "worse")
    open_case(tab, "many")
    for summary in tab.locator("#runs summary").all():
        summary.click()
    serious += faults(tab)
    assert serious == []


def compare(tab, topic: str = "digital identitet") -> None:
    tab.click(".rooms [data-tab=compare]")
    tab.fill("#compare [name=topic]", topic)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#compare table")
    tab.wait_for_selector("#compare .picture img")


def test_a_topic_is_compared_and_a_cell_opens_its_evidence(tab) -> None:
    tab.click(".rooms [data-tab=compare]")
    tab.click(".choosing summary")
    for name in ("joint-2026-2029", "joint-2022-2025"):
        tab.check(f".choosing [value={name}]")
    assert DANISH_TABLES.some_strategies.format(count=2) in text_of(tab, ".choosing summary")
    compare(tab)
    assert tab.locator("#compare tbody tr").count() == 2
    assert "intet dokument her" in text_of(tab, "#compare tbody tr >> nth=0").lower()
    tab.click("#compare tbody .cite")
    tab.wait_for_function("document.activeElement.className === 'evidence-title'")
    assert text_of(tab, "#compare .quotation blockquote") == text_of(tab, "#compare tbody q").strip("»«“”")
    assert tab.query_selector("#compare .box") is not None
    tab.keyboard.press("Escape")
    tab.wait_for_function("document.activeElement.id === 'cite-compare-0-1'")


def test_a_comparison_is_saved_as_spreadsheet_and_as_word(tab) -> None:
    compare(tab)
    saved = {}
    for kind in ("csv", "word"):
        with tab.expect_download() as download:
            tab.click(f"#compare [data-format={kind}]")
        saved[kind] = Path(download.value.path()).read_bytes()
    assert saved["csv"].decode("utf-8-sig").startswith("Strategi;Periode;Status")
    assert saved["word"].startswith(b"PK")


def test_the_timeline_is_worked_by_keyboard_and_asks_in_the_chat(tab) -> None:
    tab.click(".rooms [data-tab=timeline]")
    tab.focus("#bar-joint-2022-2025")
    tab.keyboard.press("Tab")
    assert tab.is_visible("#bar-joint-2026-2029 .tip")
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.activeElement.id === 'account'")
    assert tab.get_attribute("#bar-joint-2026-2029", "aria-current") == "true"
    tab.keyboard.press("Escape")
    tab.wait_for_function("document.activeElement.id === 'bar-joint-2026-2029'")
    question = text_of(tab, "#timeline .asking-list button >> nth=0")
    tab.click("#timeline .asking-list button >> nth=0")
    tab.wait_for_selector("#desk .turn:not([aria-busy]) .claim")
    assert question in text_of(tab, "#desk .question")
    assert not tab.is_visible("#timeline")


def test_the_timeline_shows_the_levels_that_are_ticked_in_the_chart_and_in_the_table(tab) -> None:
    tab.click(".rooms [data-tab=timeline]")
    tab.click(".tabled summary")
    for part in (".lane", ".tabled tbody tr"):
        assert tab.locator(f"{part}:visible").count() == len(load_catalogue().strategies)
    tab.uncheck(".levels [value=national]")
    left = sum(strategy.level != "national" for strategy in load_catalogue().strategies)
    for part in (".lane", ".tabled tbody tr"):
        assert tab.locator(f"{part}:visible").count() == left


def test_a_topic_is_followed_through_time(tab) -> None:
    tab.click(".rooms [data-tab=timeline]")
    tab.fill("#timeline [name=topic]", "Digital Fuldmagt")
    tab.click("#timeline-form [type=submit]")
    tab.wait_for_selector("#timeline-result table")
    tab.wait_for_selector("#timeline .picture img")
    tab.click("#timeline-result .cite >> nth=0")
    tab.wait_for_function("document.activeElement.className === 'evidence-title'")
    assert text_of(tab, "#timeline .quotation blockquote") in text_of(tab, "#timeline-result")


def test_a_comparison_outlives_a_reload_and_follows_the_language(tab) -> None:
    tab.click(".rooms [data-tab=compare]")
    tab.click(".choosing summary")
    tab.check(".choosing [value=joint-2026-2029]")
    compare(tab, "Digital Fuldmagt")
    tab.wait_for_function("new URL(location.href).searchParams.get('topic') === 'Digital Fuldmagt'")
    before = text_of(tab, "#compare tbody")
    tab.reload()
    tab.wait_for_selector("#compare .picture img")
    assert text_of(tab, "#compare tbody") == before
    assert tab.input_value("#compare [name=topic]") == "Digital Fuldmagt"
    assert tab.is_checked(".choosing [value=joint-2026-2029]")
    tab.click("[data-event=language][data-language=en]")
    tab.wait_for_selector("#compare table:has(caption:text('across the strategies'))")
    assert tab.locator("#compare tbody tr").count() == 1


def test_a_topic_that_is_followed_outlives_a_reload(tab) -> None:
    tab.click(".rooms [data-tab=timeline]")
    tab.fill("#timeline [name=topic]", "Digital Fuldmagt")
    tab.click("#timeline-form [type=submit]")
    tab.wait_for_selector("#timeline-result table")
    tab.wait_for_function("new URL(location.href).searchParams.get('follow') === 'Digital Fuldmagt'")
    tab.reload()
    tab.wait_for_selector("#timeline-result table", state="visible")
    assert tab.input_value("#timeline [name=topic]") == "Digital Fuldmagt"


def open_run(tab, name: str) -> None:
    tab.click(".rooms [data-tab=runs]")
    tab.click(f"#run-{name}")
    tab.wait_for_selector(f"#run-title:text-is('{name}')")


def open_case(tab, id: str) -> None:
    tab.click(f"#case-{id}")
    tab.wait_for_function("document.activeElement.id === 'case-title'")


def compare_runs(tab, other: str) -> None:
    tab.select_option("[name=against]", other)
    tab.click(".evaluation [type=submit]")
    tab.wait_for_selector(f"#compared:text-is('{DANISH_RUNS.compared.format(other=other)}')")


def test_a_run_is_opened_and_its_case_shows_what_was_expected_and_what_came(tab) -> None:
    open_run(tab, "good")
    tab.wait_for_function("document.activeElement.id === 'run-title'")
    assert text_of(tab, ".evaluation table >> nth=1").count("0,") > 10
    open_case(tab, "many")
    case = text_of(tab, "#runs-case")
    assert "tolv / 12" in case
    assert "Der er tolv initiativer." in case
    assert tab.get_attribute("#case-many", "aria-current") == "true"
    tab.keyboard.press("Escape")
    tab.wait_for_function("document.activeElement.id === 'case-many'")
    tab.uncheck(".cases [value=perfect]")
    assert not tab.is_visible("#case-many")


def test_two_runs_are_compared_and_the_address_brings_it_back_in_another_language(tab) -> None:
    open_run(tab, "good")
    compare_runs(tab, "worse")
    tab.click("summary:has-text('1 ændrede')")
    tab.click("#changed-many")
    tab.wait_for_function("document.activeElement.id === 'case-title'")
    case = text_of(tab, "#runs-case")
    assert DANISH_RUNS.got_from.format(run="good") in case
    assert DANISH_RUNS.got_from.format(run="worse") in case
    tab.wait_for_function("new URL(location.href).searchParams.get('case') === 'many'")
    tab.goto(tab.url.replace("lang=da", "lang=en"))
    tab.wait_for_selector(f"#compared:text-is('{ENGLISH_RUNS.compared.format(other='worse')}')")
    assert ENGLISH_RUNS.got_from.format(run="worse") in text_of(tab, "#runs-case")


def test_runs_over_different_documents_are_not_compared(tab) -> None:
    open_run(tab, "good")
    compare_runs(tab, "elsewhere")
    assert tab.is_visible(f"text={DANISH_RUNS.incomparable['different documents']}")


def test_a_comparison_in_the_chat_is_a_table_that_outlives_a_reload(tab) -> None:
    tab.fill("#question textarea", "Sammenlign Digital Fuldmagt i alle strategier")
    tab.click("#send")
    tab.wait_for_selector(".turn:not([aria-busy]) table")
    before = text_of(tab, ".turn table")
    tab.wait_for_function("localStorage.getItem('strategy-assistant')")
    tab.reload()
    tab.wait_for_selector(".turn table")
    assert text_of(tab, ".turn table") == before


def test_what_is_wrong_with_an_answer_stays_open_while_another_is_asked(tab) -> None:
    ask(tab)
    tab.click(".judging summary")
    tab.check("input[value=outdated]")
    ask(tab, "Hvilke fokusområder har strategien for 2026-2029?")
    tab.wait_for_selector(".turn:nth-child(2):not([aria-busy]) .claim")
    assert tab.is_visible(".turn >> nth=0 >> .judging form")
    assert tab.is_checked(".turn >> nth=0 >> input[value=outdated]")
    assert not tab.is_visible(".turn >> nth=1 >> .judging form")


class Waiting(FakeAssistant):
    """An assistant whose first answer does not come until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = Event()

    def answer(self, question: str, **rest: object) -> Answer:
        if question == "Længe?":
            self.let_go.wait(30)
        return super().answer(question)


def test_a_search_is_stopped_edited_and_asked_again(chromium, tmp_path: Path) -> None:
    assistant = Waiting()
    settings = Settings(index=tmp_path / "index")
    page = build(waiting := Views(assistant=assistant, catalogue=load_catalogue(), settings=settings))
    port = first_free("127.0.0.1", 7990)
    assert port is not None
    tab = chromium.new_page()
    tab.goto(f"{launch(page, waiting, host='127.0.0.1', port=port)}?lang=da")
    tab.wait_for_selector(".welcome")
    tab.fill("#question textarea", "Længe?")
    tab.click("#send")
    tab.click("[data-event=stop]")
    tab.wait_for_selector(f"text={DANISH.failures['stopped']}")
    assistant.let_go.set()
    tab.click("[data-event=edit]")
    tab.wait_for_selector(".welcome")
    assert tab.input_value("#question textarea") == "Længe?"
    tab.click("#send")
    tab.wait_for_selector(".turn:not([aria-busy]) .claim")
    tab.click("[data-event=again]")
    tab.wait_for_selector(".turn:not([aria-busy]) .claim")
    assert tab.locator(".turn").count() == 1
    tab.close()
    page.close(verbose=False)


SETTLED = (
    "document.getAnimations().every(one => one.effect.getComputedTiming().endTime === Infinity || one.playState !== 'running')"
)


def faults(tab) -> list[str]:
    """What axe calls serious or critical, once everything that fades in has done so."""
    tab.wait_for_function(SETTLED)
    found = axe.Axe().run(tab).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]} {node['failureSummary']}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
