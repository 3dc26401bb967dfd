// Runs once for each of our HTML components, with Gradio's `element`, `trigger` and `watch` at hand.

// A click on anything with data-event becomes that event on the server, its data-* attributes the event's data.
const EVENTS = ["cite", "example", "language", "leaf"];

element.addEventListener("click", (event) => {
  const source = event.target.closest("[data-event], [data-return], [data-copy], [data-tab]");
  if (!source) return;
  if (source.dataset.return) focusCitation(source.dataset.return);
  else if (source.dataset.copy) copy(source);
  else if (source.dataset.tab) strategyAssistant.showTab(source.dataset.tab);
  else if (EVENTS.includes(source.dataset.event)) trigger(source.dataset.event, { ...source.dataset });
});

element.addEventListener("keydown", (event) => {
  const back = element.querySelector("[data-return]");
  if (event.key === "Escape" && back) focusCitation(back.dataset.return);
});

async function copy(button) {
  const told = button.parentElement.querySelector("[role=status]");
  await navigator.clipboard.writeText(button.dataset.copy);
  told.textContent = button.dataset.copied;
  setTimeout(() => (told.textContent = ""), 4000);
}

function focusCitation(key) {
  const button = document.getElementById(`cite-${key}`);
  button?.focus({ preventScroll: true });
  button?.scrollIntoView({ block: "center" });
}

// A new question comes to the top of the screen, again when its answer has made the page long enough for that;
// a new quote comes into the upper part of its sheet.
let turns = 0;
let arriving = false;
watch("value", () => {
  const questions = element.querySelectorAll(".turn");
  if (questions.length > turns) arriving = true;
  if (arriving) questions[questions.length - 1].scrollIntoView({ block: "start" });
  if (!element.querySelector("[aria-busy]")) arriving = false;
  turns = questions.length;
  showQuote(element.querySelector(".evidence"));
});

// The box comes into the upper part of the panel, and the mark into that of the text.
function showQuote(panel) {
  const place = panel?.querySelector(".box") ?? panel?.querySelector(".folder > .sheet mark");
  const folder = panel?.querySelector(".folder");
  if (place && folder) folder.scrollTop += place.getBoundingClientRect().top - folder.getBoundingClientRect().top - folder.clientHeight / 3;
}

// What the server asks of the page after an event.
window.strategyAssistant ??= {
  focusQuestion() {
    document.querySelector("#question textarea")?.focus();
  },
  focusEvidence() {
    const title = document.getElementById("evidence-title");
    if (!title) return;
    title.focus({ preventScroll: true });
    const panel = document.getElementById("evidence");
    const composer = document.getElementById("composer");
    const beside = panel.getBoundingClientRect().left > composer.getBoundingClientRect().left;
    if (beside) return;
    panel.scrollIntoView({ block: "start" });
    const mark = panel.querySelector(".box, .folder > .sheet mark");
    if (mark && mark.getBoundingClientRect().bottom > innerHeight - composer.clientHeight) {
      mark.scrollIntoView({ block: "center" });
    }
  },
  showTab(name) {
    document.body.dataset.tab = name;
    for (const tab of document.querySelectorAll("[data-tab]:not(body)")) {
      if (tab.dataset.tab === name) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    const address = new URL(location.href);
    if (name === "chat") address.searchParams.delete("tab");
    else address.searchParams.set("tab", name);
    history.replaceState(history.state, "", address);
  },
  tellLanguage() {
    this.showTab(document.body.dataset.tab ?? new URL(location.href).searchParams.get("tab") ?? "chat");
    const language = document.querySelector(".switch [aria-pressed=true]")?.dataset.language;
    if (!language) return;
    document.documentElement.lang = language;
    const address = new URL(location.href);
    address.searchParams.set("lang", language);
    history.replaceState(history.state, "", address);
  },
};
