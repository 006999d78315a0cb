// The tour of the practice ledger on the screen: points at real things, one after another. See /tour/ for the same as a list.

const offer = document.querySelector("[data-tour-offer]");
const box = document.getElementById("tour");
const steps = JSON.parse(document.getElementById("tour-steps").textContent);
const [title, text, count] = ["tour-title", "tour-text", "tour-count"].map((id) => document.getElementById(id));
const [back, next] = ["tour-back", "tour-next"].map((id) => document.getElementById(id));

let place = 0;
let shown = [];
let target = null;

const visible = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? element.offsetParent !== null;

function find(selectors) {
  for (const selector of selectors.split(",")) {
    for (const element of document.querySelectorAll(selector)) if (visible(element)) return element;
  }
  return null;
}

// Below the target, or above it when there is no room; always inside the window, in both directions of writing.
function settle() {
  if (!target) return;
  const there = target.getBoundingClientRect();
  const room = { wide: document.documentElement.clientWidth, high: window.innerHeight };
  const own = box.getBoundingClientRect();
  const rtl = document.documentElement.dir === "rtl";
  const wished = rtl ? there.right - own.width : there.left;
  const below = there.bottom + 12;
  const y = below + own.height < room.high ? below : Math.max(12, there.top - own.height - 12);
  box.style.insetBlockStart = `${y}px`;
  box.style.left = `${Math.min(Math.max(wished, 12), room.wide - own.width - 12)}px`;
}

function point() {
  target?.classList.remove("tour-here");
  const step = shown[place];
  target = step.target;
  target.classList.add("tour-here");
  target.scrollIntoView({ block: "center" });
  title.textContent = step.title;
  text.textContent = step.text;
  count.textContent = `${place + 1} / ${shown.length}`;
  back.hidden = place === 0;
  next.textContent = place === shown.length - 1 ? next.dataset.last : next.dataset.next;
  settle();
  title.focus();
}

function start() {
  shown = steps.map((step) => ({ ...step, target: find(step.at) })).filter((step) => step.target);
  if (!shown.length) return;
  place = 0;
  box.showModal();
  point();
}

function stop() {
  target?.classList.remove("tour-here");
  target = null;
}

next.addEventListener("click", () => {
  if (place + 1 < shown.length) {
    place += 1;
    point();
  } else {
    box.querySelector("form").requestSubmit();
  }
});

back.addEventListener("click", () => {
  place -= 1;
  point();
});

box.addEventListener("keydown", (event) => {
  const rtl = document.documentElement.dir === "rtl";
  const forward = rtl ? "ArrowLeft" : "ArrowRight";
  if (event.key === forward) next.click();
  else if ((event.key === "ArrowLeft" || event.key === "ArrowRight") && place > 0) back.click();
});

box.addEventListener("close", stop);
addEventListener("resize", settle);

offer?.querySelector("[data-tour-start]")?.addEventListener("click", (event) => {
  event.preventDefault();
  start();
});

if (new URLSearchParams(location.search).has("tour")) start();
