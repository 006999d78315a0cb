/* The zone of a travel document, typed or photographed: read on the node, shown value by value, taken over when the
   officer says so. A photograph is made smaller here, sent once and kept nowhere. */
import { make, put, token, words } from "./words.js";

let dialog = null;

const LARGEST = 15 * 1024 * 1024;
const SIDE = 2600;

const read = async (address, body, signal) => {
  const answer = await fetch(address, {
    method: "POST",
    body,
    signal,
    headers: { "X-CSRFToken": token() },
    credentials: "same-origin",
  });
  return [answer.ok, await answer.json()];
};

const smaller = async (file) => {
  try {
    const whole = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(whole.width, whole.height));
    const canvas = make("canvas", { width: Math.round(whole.width * scale), height: Math.round(whole.height * scale) });
    canvas.getContext("2d").drawImage(whole, 0, 0, canvas.width, canvas.height);
    whole.close();
    return await new Promise((done) => { canvas.toBlob((blob) => done(blob ?? file), "image/jpeg", 0.92); });
  } catch {
    return file; // the node says what is wrong with it
  }
};

const proposal = (one) => {
  const box = make("input", { type: "checkbox", checked: !one.wrong, value: one.field });
  const text = make("span", {}, make("b", { textContent: `${one.label}: ` }), make("bdi", { textContent: one.value }));
  if (one.wrong) text.append(make("span", { className: "field__error", textContent: ` ${one.wrong}` }));
  return make("li", {}, make("label", { className: "choice" }, box, text));
};

const open = (part) => {
  const field = make("textarea", { className: "input mono", id: "document-text", rows: 3, dir: "ltr", spellcheck: false });
  field.setAttribute("autocapitalize", "characters");
  field.setAttribute("autocomplete", "off");
  field.setAttribute("aria-describedby", "document-hint");
  const status = make("p", { className: "field__error" });
  status.setAttribute("role", "alert");
  const list = make("ul", { className: "document__values" });
  const notes = make("ul", { className: "document__notes hint" });
  const progress = make("p", { className: "soft" });
  progress.setAttribute("role", "status");
  const camera = make("input", { type: "file", accept: "image/*", className: "visually-hidden", tabIndex: -1 });
  camera.setAttribute("capture", "environment");
  camera.ariaHidden = "true";
  const button = (text, extra, act) => {
    const made = make("button", { type: "button", className: `button ${extra}`, textContent: text });
    made.addEventListener("click", act);
    return made;
  };
  let facts = {};
  const picture = make("p", { hidden: !words().documentPhotograph }, camera,
    button(words().documentCamera, "button--secondary document__camera", () => camera.click()));
  const take = button(words().documentTake, "", () => {
    for (const box of list.querySelectorAll("input:checked")) put(part.querySelector(`[name$="-${box.value}"]`), facts[box.value]);
    const hidden = part.querySelector("details");
    if (hidden) hidden.open = true;
    dialog.close();
  });
  take.hidden = true;
  let asked = new AbortController();
  const busy = (text) => {
    progress.textContent = text;
    picture.toggleAttribute("aria-busy", Boolean(text));
  };
  const ask = async (address, prepared) => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    status.textContent = "";
    notes.replaceChildren();
    list.replaceChildren();
    take.hidden = true;
    try {
      const [good, told] = await read(address, await prepared(), signal);
      if (signal.aborted) return;
      if (!good) {
        status.textContent = `${told.reason} ${told.mend}`;
        return;
      }
      facts = told.facts;
      if (told.text) field.value = told.text;
      notes.replaceChildren(...(told.notes ? [words().documentCompare, ...told.notes] : []).map((textContent) => make("li", { textContent })));
      list.replaceChildren(...told.values.map(proposal));
      take.hidden = false;
    } catch {
      if (!signal.aborted) status.textContent = words().failed;
    } finally {
      if (!signal.aborted) busy("");
    }
  };
  const look = () => {
    busy("");
    return ask(words().document, () => new URLSearchParams({ text: field.value }));
  };
  const photograph = async () => {
    const [file] = camera.files;
    camera.value = "";
    if (!file) return;
    if (file.size > LARGEST) {
      status.textContent = words().documentSize;
      return;
    }
    busy(words().documentReading);
    await ask(words().documentPhotograph, async () => {
      const body = new FormData();
      body.set("picture", await smaller(file), "document.jpg");
      return body;
    });
  };
  camera.addEventListener("change", photograph);
  field.addEventListener("input", () => {
    if (/^(?:\S{44}\s+\S{44}|\S{36}\s+\S{36}|\S{30}\s+\S{30}\s+\S{30})\s*$/.test(field.value.trim())) look();
  });
  dialog ??= document.body.appendChild(make("dialog", { className: "record-sheet" }));
  dialog.ariaLabel = words().documentTitle;
  dialog.replaceChildren(
    make("h2", { textContent: words().documentTitle }),
    make("p", { className: "hint", id: "document-hint", textContent: words().documentHint }),
    make("div", { className: "field" }, make("label", { htmlFor: "document-text", className: "visually-hidden", textContent: words().documentTitle }), field),
    picture,
    progress,
    status,
    notes,
    list,
    make("div", { className: "actions" }, take, button(words().documentRead, "button--secondary", look),
      button(words().close, "button--plain", () => dialog.close())),
  );
  dialog.onclose = () => {
    asked.abort();
    dialog.replaceChildren();
  };
  dialog.showModal();
  field.focus();
};

export const startDocuments = (root) => {
  for (const place of root.querySelectorAll("[data-document-place]")) {
    if (place.firstChild) continue;
    const made = make("button", { type: "button", className: "button button--secondary", textContent: words().readDocument });
    made.addEventListener("click", () => open(place.closest("[data-part]")));
    place.append(made);
  }
};
