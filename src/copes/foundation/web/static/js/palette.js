// The command palette: Ctrl-K, Command-K or "/" on every page. Without this file the search form in the header works.

const WAIT = 150; // milliseconds of silence before asking, so that a typed word asks once

const palette = document.getElementById("palette");
const input = document.getElementById("palette-input");
const list = document.getElementById("palette-list");
const none = palette.querySelector(".palette__none");
const status = document.getElementById("palette-status");
const form = palette.querySelector("form");
const ways = JSON.parse(document.getElementById("palette-ways").textContent);

let active = -1;
let asking = null; // the request under way
let timer = 0;
let asked = ""; // the text that the request under way asks for
let answered = ""; // the text that the list answers
let enterPressed = false; // Enter came before the answer: a scanner is faster than the line
let failed = false;

const plain = (text) => text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
const options = () => [...list.querySelectorAll("[role=option]")];

function open(text = "") {
  if (palette.open) return;
  document.querySelectorAll("[popover]:popover-open").forEach((one) => one.hidePopover());
  palette.showModal();
  input.value = text;
  changed();
  input.focus();
}

function select(index) {
  const all = options();
  active = all.length ? (index + all.length) % all.length : -1;
  all.forEach((one, place) => one.setAttribute("aria-selected", String(place === active)));
  if (active < 0) input.removeAttribute("aria-activedescendant");
  else {
    input.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  }
}

function optionFor(result, number) {
  const option = document.createElement("div");
  option.className = "palette__option";
  option.id = `palette-option-${number}`;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset.url = result.url;
  const title = document.createElement("bdi");
  title.append(Object.assign(document.createElement("b"), { textContent: result.title }));
  option.append(title);
  if (result.detail) {
    const detail = document.createElement("span");
    detail.append(Object.assign(document.createElement("bdi"), { textContent: result.detail }));
    option.append(" ", detail);
  }
  return option;
}

function show(groups) {
  let number = 0;
  const parts = [];
  for (const [place, group] of groups.entries()) {
    if (!group.results.length) continue;
    const box = document.createElement("div");
    const label = Object.assign(document.createElement("div"), { className: "palette__group", textContent: group.label });
    label.id = `palette-group-${place}`;
    box.setAttribute("role", "group");
    box.setAttribute("aria-labelledby", label.id);
    box.append(label, ...group.results.map((result) => optionFor(result, number++)));
    parts.push(box);
  }
  list.replaceChildren(...parts);
  list.hidden = number === 0;
  input.setAttribute("aria-expanded", String(number > 0));
  none.hidden = number > 0;
  none.textContent = failed ? palette.dataset.failed : palette.dataset.none;
  status.textContent = number ? `${palette.dataset.some} ${number}` : none.textContent;
  select(0);
}

function waysFor(text) {
  const wanted = plain(text);
  return { label: palette.dataset.ways, results: ways.filter((way) => plain(way.title).includes(wanted)) };
}

async function ask(text) {
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  asked = text;
  failed = false;
  let groups = [];
  try {
    const answer = await fetch(`${palette.dataset.suggest}?${new URLSearchParams({ q: text })}`, {
      signal: mine.signal,
      headers: { Accept: "application/json" },
    });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    groups = (await answer.json()).groups;
  } catch (problem) {
    if (problem.name === "AbortError") return;
    failed = true;
  }
  if (asking !== mine) return;
  asking = null;
  answered = text;

  show([...groups, waysFor(text)]);
  if (enterPressed) enter();
}

function changed() {
  clearTimeout(timer);
  enterPressed = false;
  const text = input.value.trim();
  if (!text || !palette.dataset.suggest) {
    asking?.abort();
    asking = null;
    failed = false;
    answered = text;
    show([waysFor(text)]);
    return;
  }
  timer = setTimeout(() => ask(text), WAIT);
}

// Enter on an answer opens what is chosen. Enter before the answer (a scanner) opens only the exact or the only hit.
function enter() {
  const text = input.value.trim();
  const all = options();
  if (enterPressed) {
    enterPressed = false;
    const exact = all.filter((one) => plain(one.querySelector("b").textContent) === plain(text));
    const hit = exact.length === 1 ? exact[0] : all.length === 1 ? all[0] : null;
    if (hit) location.assign(hit.dataset.url);
    else if (!all.length) form.submit();
    return;
  }
  if (answered !== text) {
    enterPressed = true;
    clearTimeout(timer);
    if (!asking || asked !== text) ask(text);
    return;
  }
  if (active >= 0) location.assign(all[active].dataset.url);
  else if (text) form.submit();
}

input.addEventListener("input", changed);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  enter();
});

input.addEventListener("keydown", (event) => {
  const moves = { ArrowDown: active + 1, ArrowUp: active - 1 };
  if (!(event.key in moves)) return;
  event.preventDefault();
  select(moves[event.key]);
});

list.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) location.assign(option.dataset.url);
});

palette.addEventListener("click", (event) => {
  if (event.target === palette || event.target.closest("[data-palette-close]")) palette.close();
});

palette.addEventListener("close", () => {
  asking?.abort();
  clearTimeout(timer);
});

const inField = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog[open]");

document.addEventListener("keydown", (event) => {
  const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.code === "KeyK";
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !inField(event.target);
  if (!command && !slash) return;
  if (document.querySelector("dialog[open]:not(#palette)")) return;
  event.preventDefault();
  if (palette.open && command) palette.close();
  else open();
});

for (const opener of document.querySelectorAll("[data-palette-open]")) {
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
}

// A press on the header's field opens the palette; reaching it by Tab leaves it an ordinary search form.
document.querySelector("[data-palette] input")?.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  open(event.currentTarget.value);
});
