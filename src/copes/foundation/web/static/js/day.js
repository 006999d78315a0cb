/* My day stays fresh: the list is fetched again every minute while the page is seen. Focus stays where it is. */

const EVERY = 60_000;
const list = document.getElementById("day-lines");
const news = document.getElementById("day-news");

const keyed = (root) => [...root.querySelectorAll("[data-key]")].map((line) => line.dataset.key);

// Which of a line's links has the focus, to find it again in the new list.
const place = () => {
  const line = document.activeElement?.closest?.("#day-lines [data-key]");
  if (!line) return null;
  return [line.dataset.key, [...line.querySelectorAll("a")].indexOf(document.activeElement)];
};

const restore = (held) => {
  if (!held) return;
  const line = [...list.querySelectorAll("[data-key]")].find((one) => one.dataset.key === held[0]);
  const target = line?.querySelectorAll("a")[held[1]] ?? list.querySelector("a");
  target?.focus({ preventScroll: true });
};

const refresh = async () => {
  if (document.hidden) return;
  let answer;
  try {
    const seen = list.querySelector("[data-mark]")?.dataset.mark ?? "";
    answer = await fetch(`${list.dataset.fragment}?seen=${seen}`, { headers: { Accept: "text/html" }, redirect: "error" });
  } catch {
    return; // no line to the node now; the next minute tries again
  }
  if (answer.status !== 200) return;
  const text = await answer.text();
  const before = keyed(list).join("\n");
  const held = place();
  const made = new DOMParser().parseFromString(text, "text/html");
  list.replaceChildren(...made.body.childNodes);
  restore(held);
  if (keyed(list).join("\n") !== before) news.textContent = list.dataset.changed;
};

if (list) {
  setInterval(refresh, EVERY);
  document.addEventListener("visibilitychange", refresh);
  document.addEventListener("copes:refresh", refresh);
}
