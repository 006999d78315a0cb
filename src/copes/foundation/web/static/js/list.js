// A selection in a list: all rows of the page, a range with Shift, the number shown. Without it ticking works as ever.
const small = matchMedia("(max-width: 40rem)");
const fold = () => {
  for (const box of document.querySelectorAll("[data-closed-on-phones]")) box.open = !small.matches;
};
small.addEventListener("change", fold);
fold();

for (const form of document.querySelectorAll("[data-selection]")) {
  const boxes = [...form.querySelectorAll("[data-pick]")];
  const all = form.querySelector("[data-pick-all]");
  const bar = form.querySelector("[data-bulk]");
  const count = form.querySelector("[data-bulk-count]");
  let last = null;

  const show = () => {
    const picked = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.closest("tr").classList.toggle("is-picked", box.checked);
    if (all) {
      all.checked = picked === boxes.length && picked > 0;
      all.indeterminate = picked > 0 && picked < boxes.length;
    }
    if (bar) bar.hidden = picked === 0;
    if (count) count.textContent = count.dataset.words.replace("%s", new Intl.NumberFormat(document.documentElement.lang).format(picked));
  };

  all?.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  form.addEventListener("click", (event) => {
    const box = event.target.closest?.("[data-pick]");
    if (!box) return;
    if (event.shiftKey && last && last !== box) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const one of boxes.slice(from, to + 1)) one.checked = box.checked;
    }
    last = box;
    show();
  });
  form.addEventListener("keydown", (event) => {
    const at = boxes.indexOf(event.target);
    if (at < 0 || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const next = boxes[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    next.focus();
    if (event.shiftKey) next.checked = event.target.checked;
    show();
  });
  addEventListener("pageshow", show);
  show();
}
