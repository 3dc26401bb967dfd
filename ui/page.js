// Runs once for each of our HTML components, with Gradio's `element`, `trigger` and `watch` at hand.

// A click on anything with data-event becomes that event on the server, its data-* attributes the event's data.
const ROOMS = { chat: "desk", compare: "compare", timeline: "timeline", library: "library", runs: "runs" };
const EVENTS = [
  "again", "against", "case", "cite", "compare", "edit", "example", "export", "ingest", "judge", "language", "leaf", "link", "remove",
  "restore", "run", "stop", "strategy", "tab", "trace", "unshelve", "widen",
];

element.addEventListener("click", (event) => {
  const judging = event.target.closest(".judging summary")?.parentElement;
  if (judging?.open) judged.delete(judging.querySelector("form").dataset.turn);
  else if (judging) judge(judging.querySelector("form"));
  const source = event.target.closest("button[data-event], [data-event]:not(form), [data-return], [data-copy], [data-tab], [data-logout]");
  if (!source) return;
  if (source.dataset.return) goBack(source.dataset.return);
  else if (source.dataset.copy) copy(source);
  else if (source.dataset.logout) strategyAssistant.logOut();
  if (source.dataset.tab) strategyAssistant.showTab(source.dataset.tab);
  if (EVENTS.includes(source.dataset.event)) trigger(source.dataset.event, { ...source.dataset });
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const data = new FormData(event.target);
  if (event.target.dataset.event) {
    trigger(event.target.dataset.event, { ...Object.fromEntries(data), strategies: data.getAll("strategy").join(",") });
    return;
  }
  trigger("judge", { turn: event.target.dataset.turn, verdict: "bad", reasons: data.getAll("reason").join(",") });
});

// A form that says what is wrong with an answer stays open, its boxes ticked, when the conversation goes on.
const judged = new Map();
const judge = (form) => judged.set(form.dataset.turn, new FormData(form).getAll("reason"));
element.addEventListener("change", (event) => {
  const form = event.target.closest(".judging form");
  if (form) judge(form);
});

// How many strategies are ticked, in the words that travel with the form.
element.addEventListener("change", (event) => {
  const choosing = event.target.closest(".choosing");
  if (!choosing) return;
  const told = choosing.querySelector("[data-some]");
  const count = choosing.querySelectorAll(":checked").length;
  told.textContent = count ? told.dataset.some.replace("{count}", count) : told.dataset.all;
});

element.addEventListener("keydown", (event) => {
  const back = element.querySelector("[data-return]");
  if (event.key === "Escape" && back) goBack(back.dataset.return);
});

// Files are dropped on or chosen in the library, sent one after the other, and then ingested together.
element.addEventListener("change", (event) => {
  if (event.target.type === "file") send([...event.target.files], event.target.closest(".drop"));
});
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  element.addEventListener(kind, (event) => {
    const place = event.target.closest?.(".drop");
    if (!place) return;
    event.preventDefault();
    place.classList.toggle("over", kind === "dragenter" || kind === "dragover");
    if (kind === "drop") send([...event.dataTransfer.files], place);
  });
}

async function send(files, place) {
  const words = { ...place.dataset };
  const refused = [];
  for (const file of files) {
    const why = file.size > words.most * 1024 * 1024 ? "size" : await post(file, words);
    if (why) refused.push((words[why] ?? words.disk).replace("{name}", file.name));
  }
  tell(refused.join(" "));
  if (files.length > refused.length) trigger("ingest", {});
}

function tell(words) {
  const told = element.querySelector(".sending");
  if (told) told.textContent = words;
}

function post(file, words) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", "documents");
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      const percent = Math.floor((100 * event.loaded) / Math.max(event.total, 1));
      tell(words.sending.replace("{name}", file.name).replace("{percent}", percent));
    };
    request.onload = () => done(request.status === 200 ? "" : (request.response?.refused ?? "disk"));
    request.onerror = () => done("disk");
    request.send(file);
  });
}

async function copy(button) {
  const told = button.parentElement.querySelector("[role=status]");
  await navigator.clipboard.writeText(button.dataset.copy);
  told.textContent = button.dataset.copied;
  setTimeout(() => (told.textContent = ""), 4000);
}

function goBack(id) {
  const button = document.getElementById(id);
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
  if (questions.length < turns) judged.clear();
  for (const judging of element.querySelectorAll(".judging")) {
    const reasons = judged.get(judging.querySelector("form").dataset.turn);
    if (!reasons) continue;
    judging.open = true;
    for (const box of judging.querySelectorAll("input")) box.checked = reasons.includes(box.value);
  }
  turns = questions.length;
  showQuote(element.querySelector(".evidence"));
  const addressed = element.querySelector(".addressed");
  if (addressed) strategyAssistant.address(addressed.dataset);
});

// Earlier conversations: kept in this browser alone, listed and named here.
const KEPT = "strategy-assistant";

function allKept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  } catch {
    return {};
  }
}

function writeKept(all) {
  // The browser's room is bounded; the oldest conversations go first.
  const ids = Object.keys(all).sort((one, other) => all[one].when - all[other].when);
  for (;;) {
    try {
      return localStorage.setItem(KEPT, JSON.stringify(all));
    } catch {
      if (!ids.length) return;
      delete all[ids.shift()];
    }
  }
}

function listKept() {
  const list = document.querySelector(".kept ul");
  if (!list) return;
  const all = allKept();
  const words = list.dataset;
  const ids = Object.keys(all).sort((one, other) => all[other].when - all[one].when);
  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "link";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  };
  list.replaceChildren(
    ...ids.map((id) => {
      const item = document.createElement("li");
      const open = button(all[id].name, () => {
        sessionStorage.setItem(KEPT, id);
        list.closest("details").open = false;
        trigger("restore", { id, turns: all[id].turns });
      });
      open.classList.add("name");
      const rename = button(words.rename, () => {
        const name = prompt(words.name, all[id].name)?.trim();
        if (name) writeKept({ ...allKept(), [id]: { ...all[id], name, named: true } });
        listKept();
      });
      const remove = button(words.delete, () => {
        const left = allKept();
        delete left[id];
        writeKept(left);
        listKept();
      });
      for (const other of [rename, remove]) other.setAttribute("aria-label", `${other.textContent}: ${all[id].name}`);
      item.append(open, rename, remove);
      return item;
    }),
  );
  if (!ids.length) {
    const none = document.createElement("li");
    none.textContent = words.none;
    list.append(none);
  }
}

if (element.closest("#toolbar")) {
  element.addEventListener("toggle", listKept, true);
  watch("value", listKept);
}

// The box comes into the upper part of the panel, and the mark into that of the text.
function showQuote(panel) {
  const place = panel?.querySelector(".box") ?? panel?.querySelector(".folder > .sheet mark");
  const folder = panel?.querySelector(".folder");
  if (place && folder) folder.scrollTop += place.getBoundingClientRect().top - folder.getBoundingClientRect().top - folder.clientHeight / 3;
}

// What the server asks of the page after an event.
window.strategyAssistant ??= {
  keep(carried) {
    const { id, name, turns } = JSON.parse(carried);
    if (turns === "[]") return;
    const all = allKept();
    const known = all[id];
    writeKept({ ...all, [id]: { name: known?.named ? known.name : name, named: known?.named, when: Date.now(), turns } });
    sessionStorage.setItem(KEPT, id);
  },
  save(carried) {
    if (!carried) return;
    const { name, type, data } = JSON.parse(carried);
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  },
  async copyLink(carried) {
    if (!carried) return;
    await navigator.clipboard.writeText(new URL(carried, location.href.split(/[?#]/)[0]).href);
    const told = document.querySelector("#toolbar .told");
    told.textContent = told.dataset.copied;
    setTimeout(() => (told.textContent = ""), 4000);
  },
  focusQuestion() {
    if (!document.querySelector(".turn")) {
      sessionStorage.removeItem(KEPT);
      this.address({ answer: "" });
    }
    document.querySelector("#question textarea")?.focus();
  },
  focusEvidence() {
    const room = document.getElementById(ROOMS[document.body.dataset.tab]);
    const title = room.querySelector(".evidence-title");
    if (!title) return;
    title.focus({ preventScroll: true });
    const panel = title.closest(".panel");
    const beside = panel.getBoundingClientRect().left > room.getBoundingClientRect().left + 100;
    if (beside) return;
    panel.scrollIntoView({ block: "start" });
    const mark = panel.querySelector(".box, .folder > .sheet mark");
    const foot = room.querySelector("#composer")?.clientHeight ?? 0;
    if (mark && mark.getBoundingClientRect().bottom > innerHeight - foot) {
      mark.scrollIntoView({ block: "center" });
    }
  },
  // A browser forgets a login only for another one. This one is nobody's (ui/gate.py), so that the page asks anew.
  logOut() {
    const request = new XMLHttpRequest();
    request.open("GET", "logout", true, "-", "-");
    request.onloadend = () => location.reload();
    request.send();
  },
  focusRun() {
    const title = document.querySelector("#compared") ?? document.querySelector("#run-title");
    title?.focus({ preventScroll: true });
    title?.scrollIntoView({ block: "start" });
  },
  // What a room shows stands in the address, so that it is there again after a reload and can be passed on.
  address(parts) {
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(parts)) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(history.state, "", address);
  },
  showTab(name) {
    if (!(name in ROOMS)) name = "chat";
    document.body.dataset.tab = name;
    for (const [room, id] of Object.entries(ROOMS)) document.getElementById(id).hidden = room !== name;
    for (const tab of document.querySelectorAll(".rooms [data-tab]")) {
      if (tab.dataset.tab === name) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    this.address({ tab: name === "chat" ? "" : name });
  },
  tellLanguage() {
    this.showTab(document.body.dataset.tab ?? new URL(location.href).searchParams.get("tab") ?? "chat");
    const language = document.querySelector(".switch [aria-pressed=true]")?.dataset.language;
    if (!language) return;
    document.documentElement.lang = language;
    this.address({ lang: language });
  },
};
