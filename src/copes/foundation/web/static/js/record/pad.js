/* A number pad with units: big keys for a thumb in a glove. The field itself takes any keyboard, in any digits. */
import { make, plain, put, words } from "./words.js";

const KEYS = ["7", "8", "9", "4", "5", "6", "1", "2", "3", ".", "0", "⌫"];
const UNITS = ["kg", "g", "l", "pieces", "packs"];
let sheet = null;

const open = (field) => {
  const units = field.form.elements[field.name.replace(/quantity$/, "unit")];
  const shown = make("output", { className: "pad-sheet__number", textContent: plain(field.value) });
  shown.dir = "ltr";
  const press = (key) => {
    if (key === "⌫") shown.textContent = shown.textContent.slice(0, -1);
    else if (key !== "." || !shown.textContent.includes(".")) shown.textContent += key;
  };
  const key = (text) => {
    const button = make("button", { type: "button", className: "button button--secondary", textContent: text });
    if (text === "⌫") button.ariaLabel = words().erase;
    button.addEventListener("click", () => press(text));
    return button;
  };
  const unit = (code) => {
    const option = [...units.options].find((one) => one.value === code);
    const button = make("button", { type: "button", className: "chip-button", textContent: option.text });
    button.ariaPressed = String(units.value === code);
    button.addEventListener("click", () => {
      put(units, code);
      for (const one of button.parentElement.children) one.ariaPressed = String(one === button);
    });
    return button;
  };
  const done = make("button", { type: "button", className: "button", textContent: words().done });
  done.addEventListener("click", () => sheet.close());
  sheet ??= document.body.appendChild(make("dialog", { className: "pad-sheet" }));
  sheet.ariaLabel = words().pad;
  sheet.replaceChildren(
    shown,
    make("div", { className: "pad-sheet__keys", dir: "ltr" }, ...KEYS.map(key)),
    make("p", { className: "chips" }, ...UNITS.map(unit)),
    done,
  );
  sheet.onclose = () => {
    put(field, shown.textContent);
    field.focus({ preventScroll: true });
  };
  sheet.onkeydown = (event) => {
    const text = event.key === "Backspace" ? "⌫" : plain(event.key).replace(",", ".");
    if (!KEYS.includes(text)) return;
    event.preventDefault();
    press(text);
  };
  sheet.showModal();
};

export const startPad = (root) => {
  for (const field of root.querySelectorAll("input[name$='-quantity']")) {
    if (field.dataset.pad) continue;
    field.dataset.pad = "yes";
    const button = make("button", { type: "button", className: "button button--secondary beside", textContent: "123" });
    button.ariaLabel = `123: ${words().pad}`;
    button.addEventListener("click", () => open(field));
    field.after(button);
    field.parentElement.classList.add("field--beside");
  }
};
