/* Keeps what is typed on the node: some seconds after the last key, when the page is hidden, again when the line is back. */
import { say, tell, token, words } from "./words.js";

const PAUSE = 1500;
const LONGEST = 60_000;

export const startDraft = (form, signal) => {
  let dirty = false;
  let stopped = false;
  let timer = 0;
  let wait = 2000;
  let going = Promise.resolve();

  const typed = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  const request = (more = {}) => fetch(words().draft, {
    method: "POST",
    body: JSON.stringify({ fields: typed() }),
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    credentials: "same-origin",
    redirect: "manual",
    ...more,
  });
  const later = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(() => { going = going.then(save); }, milliseconds);
  };
  const save = async () => {
    if (!dirty || stopped) return;
    dirty = false;
    try {
      const answer = await request();
      if (answer.type === "opaqueredirect") {
        if (!stopped) tell(words().signedOut, { href: words().unlock, text: words().signIn });
        dirty = true;
        later(LONGEST);
        return;
      }
      const told = await answer.json();
      if (stopped) return;
      if (answer.ok) {
        wait = 2000;
        tell(say(words().saved, { time: told.saved }));
        form.dataset.saved = "yes";
      } else {
        tell(`${words().refused} ${told.reason} ${told.mend}`);
      }
    } catch {
      dirty = true;
      if (stopped) return;
      form.dataset.saved = "no";
      tell(words().unsaved);
      later(wait);
      wait = Math.min(wait * 2, LONGEST);
    }
  };
  const change = () => {
    if (stopped) return;
    dirty = true;
    form.dataset.saved = "";
    later(PAUSE);
  };
  const leave = () => {
    if (dirty && !stopped) request({ keepalive: true }).then(() => { dirty = false; }, () => {});
  };

  form.addEventListener("input", change, { signal });
  form.addEventListener("change", change, { signal });
  addEventListener("online", () => later(0), { signal });
  addEventListener("pagehide", leave, { signal });
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); }, { signal });
  return {
    change,
    // Nothing is kept any more once the form is sent; what is under way comes to its end first.
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await Promise.race([going, new Promise((done) => { setTimeout(done, 5000); })]);
    },
    resume() {
      stopped = false;
      change();
    },
  };
};
