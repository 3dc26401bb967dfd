// Runs once for each of our HTML components, with Gradio's `element`, `trigger` and `watch` at hand.

// A click on anything with data-event becomes that event on the server, its data-* attributes the event's data.
const EVENTS = ["cite", "example", "language"];

element.addEventListener("click", (event) => {
  const source = event.target.closest("[data-event], [data-return]");
  if (!source) return;
  if (source.dataset.return) focusCitation(source.dataset.return);
  else if (EVENTS.includes(source.dataset.event)) trigger(source.dataset.event, { ...source.dataset });
});

element.addEventListener("keydown", (event) => {
  const back = element.querySelector("[data-return]");
  if (event.key === "Escape" && back) focusCitation(back.dataset.return);
});

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
  const mark = element.querySelector(".sheet mark");
  const sheet = mark?.closest(".sheet");
  if (sheet) sheet.scrollTop += mark.getBoundingClientRect().top - sheet.getBoundingClientRect().top - sheet.clientHeight / 4;
});

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
    const mark = panel.querySelector("mark");
    if (mark && mark.getBoundingClientRect().bottom > innerHeight - composer.clientHeight) {
      mark.scrollIntoView({ block: "center" });
    }
  },
  tellLanguage() {
    const language = document.querySelector(".switch [aria-pressed=true]")?.dataset.language;
    if (!language) return;
    document.documentElement.lang = language;
    const address = new URL(location.href);
    address.searchParams.set("lang", language);
    history.replaceState(history.state, "", address);
  },
};
