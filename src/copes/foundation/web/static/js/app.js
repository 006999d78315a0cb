/* Comfort only: every page works without this file. */

const menus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of menus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A second press on a slow line must not send the act twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method") !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter;
  button?.setAttribute("aria-disabled", "true");
  setTimeout(() => {
    delete form.dataset.sent;
    button?.removeAttribute("aria-disabled");
  }, 8000);
});

// Back from the browser's cache: forms are ready again.
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
});

document.querySelector("[data-focus]")?.focus();

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const target = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(target.textContent.trim());
    button.textContent = button.dataset.done;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;

// "?" opens the help of the page.
document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]")) return;
  document.getElementById("help")?.togglePopover();
});

// Buttons that open a dialog of the page: data-dialog="id". Buttons in it close it by their form (method="dialog").
for (const button of document.querySelectorAll("[data-dialog]")) {
  button.addEventListener("click", () => document.getElementById(button.dataset.dialog).showModal());
}

// A number pad writes into the field named by data-pad.
for (const pad of document.querySelectorAll("[data-pad]")) {
  const field = document.getElementById(pad.dataset.pad);
  pad.addEventListener("click", (event) => {
    const key = event.target.closest("button")?.value;
    if (key === undefined) return;
    field.value = key === "back" ? field.value.slice(0, -1) : field.value + key;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
