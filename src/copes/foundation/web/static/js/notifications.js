// Keeps the bell true: asks once a minute, not while the page is hidden, and says aloud what is new.
const bell = document.querySelector("[data-notifications]");

if (bell) {
  const EVERY = 60_000;
  const words = bell.querySelector(".visually-hidden");
  const fresh = document.querySelector("[data-fresh]");
  const spoken = document.createElement("div");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  bell.after(spoken);
  let newest = null;
  let known = Number(bell.dataset.unread || 0);
  let asked = Date.now();
  let timer = 0;

  const show = (state) => {
    let count = bell.querySelector(".bell__count");
    if (state.badge && !count) {
      count = document.createElement("span");
      count.className = "bell__count";
      count.setAttribute("aria-hidden", "true");
      words.before(count);
    }
    if (count) {
      count.textContent = state.badge;
      count.hidden = !state.badge;
    }
    words.textContent = state.text;
    const more = state.unread > known && (newest === null || state.newest > newest);
    if (more) {
      spoken.textContent = state.text;
      if (fresh) fresh.hidden = false;
    }
    known = state.unread;
    newest = state.newest;
  };

  const ask = async () => {
    asked = Date.now();
    try {
      // A page that asks for a sign-in answers with a redirect: then the bell stays as it is, and asks no more.
      const answer = await fetch(bell.dataset.notifications, { headers: { Accept: "application/json" }, redirect: "manual" });
      if (!answer.ok) return false;
      show(await answer.json());
    } catch {
      // No connection: the next minute may have one.
    }
    return true;
  };

  const plan = () => {
    clearTimeout(timer);
    if (document.hidden) return;
    timer = setTimeout(async () => {
      if (await ask()) plan();
    }, Math.max(0, EVERY - (Date.now() - asked)));
  };

  document.addEventListener("visibilitychange", plan);
  document.addEventListener("copes:notifications", ask);
  plan();
}
