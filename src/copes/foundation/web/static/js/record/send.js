/* Sends the form so that a broken line, a locked key or a mistake loses nothing, photographs included. */
import { tell, token, words } from "./words.js";

export const startSending = (form, draft, restart, signal) => {
  const bar = document.querySelector("[data-progress]");
  let busy = false;

  const finish = () => {
    busy = false;
    bar.hidden = true;
    for (const button of form.querySelectorAll("[data-send] button")) button.removeAttribute("aria-disabled");
  };
  const keep = (text, link) => {
    finish();
    tell(text, link);
    draft.resume();
  };
  const swap = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.querySelector("form[data-record]");
    if (!fresh) return keep(page.querySelector("main")?.textContent.replace(/\s+/g, " ").trim() || words().failed);
    for (const input of form.querySelectorAll("input[type=file]")) {
      const place = fresh.querySelector(`[name="${CSS.escape(input.name)}"]`);
      if (input.files.length && place) place.replaceWith(input);
    }
    document.title = page.title;
    document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
    restart();
    return undefined;
  };
  const answered = (request) => {
    const type = request.getResponseHeader("Content-Type") || "";
    if (request.status === 200 && type.startsWith("application/json")) {
      location.assign(JSON.parse(request.responseText).location);
    } else if (request.status === 400) {
      swap(request.responseText);
    } else if (request.status === 401) {
      keep(words().signedOut, { href: words().unlock, text: words().signIn });
    } else if (request.status === 423) {
      keep(words().locked, { href: words().unlock, text: words().unlockWord });
    } else if (request.status >= 500 || request.status === 0) {
      keep(words().failed);
    } else {
      swap(request.responseText);
    }
  };

  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (event.defaultPrevented || button?.name === "add") return;
    event.preventDefault();
    event.stopPropagation();
    if (busy) return;
    busy = true;
    for (const one of form.querySelectorAll("[data-send] button")) one.setAttribute("aria-disabled", "true");
    await draft.stop();
    const data = new FormData(form, button);
    data.set("csrfmiddlewaretoken", token());
    const request = new XMLHttpRequest();
    request.open("POST", location.pathname + location.search);
    request.setRequestHeader("X-Copes-Recording", "1");
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.hidden = false;
      bar.value = total ? (100 * loaded) / total : 0;
    });
    request.addEventListener("load", () => answered(request));
    request.addEventListener("error", () => keep(words().offline));
    request.send(data);
  }, { signal });
};
