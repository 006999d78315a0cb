// A scanner types a code and Enter, many times a minute. Codes are taken one after the other and none is lost;
// without this script the same form works with one page for each code.
const form = document.querySelector("form[data-batch]");

if (form) {
  const input = form.querySelector("#scan");
  const log = form.querySelector("[data-scan-log]");
  const body = form.querySelector(".batch__lines tbody");
  const count = form.querySelector("[data-count]");
  const LABEL = "COPES:";
  const KEPT = 6;

  const say = (code, reason, word, kind) => {
    const line = document.createElement("li");
    const tag = document.createElement("span");
    tag.className = `tag tag--${kind}`;
    tag.textContent = word;
    const name = document.createElement("bdi");
    name.textContent = code;
    line.append(tag, name, reason);
    log.prepend(line);
    while (log.children.length > KEPT) log.lastElementChild.remove();
  };

  const mark = (row) => {
    for (const other of body.querySelectorAll(".is-fresh")) other.classList.remove("is-fresh");
    row.classList.add("is-fresh");
    row.scrollIntoView({ block: "nearest" });
  };

  const recount = () => {
    const ticked = body.querySelectorAll("input[type=checkbox]:checked").length;
    count.textContent = String(ticked);
    for (const row of body.rows) {
      if (form.dataset.batch === "receive") row.classList.toggle("is-ticked", row.querySelector("input[type=checkbox]").checked);
    }
    const lines = form.querySelector("[data-batch-lines]");
    const empty = form.querySelector("[data-batch-empty]");
    if (lines) lines.hidden = !body.rows.length;
    if (empty) empty.hidden = body.rows.length > 0;
  };

  const bare = (code) => (code.toUpperCase().startsWith(LABEL) ? code.slice(LABEL.length) : code).toLowerCase();

  const tick = (code) => {
    const meant = [...body.rows].filter((row) => row.dataset.codes.split("|").some((one) => one && one.toLowerCase() === bare(code)));
    if (meant.length !== 1) return false;
    const box = meant[0].querySelector("input[type=checkbox]");
    if (box.checked) say(code, "", form.dataset.twice, "warn");
    box.checked = true;
    mark(meant[0]);
    recount();
    return true;
  };

  const add = async (code) => {
    const query = new URLSearchParams({ code });
    for (const box of body.querySelectorAll("input[name=exhibit]")) query.append("exhibit", box.value);
    let found;
    try {
      const answer = await fetch(`${form.dataset.scanUrl}?${query}`, { headers: { Accept: "application/json" }, redirect: "manual" });
      if (!answer.ok) throw new Error(String(answer.status));
      found = await answer.json();
    } catch {
      say(code, form.dataset.failed, form.dataset.refused, "bad");
      return;
    }
    if (found.problem) {
      say(found.number || code, found.problem, found.twice ? form.dataset.twice : form.dataset.refused, found.twice ? "warn" : "bad");
      return;
    }
    body.insertAdjacentHTML("beforeend", found.line);
    mark(body.lastElementChild);
    recount();
  };

  let turn = Promise.resolve();
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const code = input.value.trim();
    if (form.dataset.batch === "release") {
      event.preventDefault();
      input.value = "";
      if (code) turn = turn.then(() => add(code));
    } else if (!code || tick(code)) {
      event.preventDefault();
      input.value = "";
    } // a code of no line is sent, and the page says why
  });
  body.addEventListener("change", recount);
}
