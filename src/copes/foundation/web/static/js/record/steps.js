/* On a phone one part of the form at a time; the browser's own "back" goes a part back. Elsewhere all of it. */
import { say, words } from "./words.js";

const PHONE = matchMedia("(max-width: 48rem)");

export const startSteps = (form, signal) => {
  const steps = [...form.querySelectorAll("[data-step]")];
  const back = form.querySelector("[data-back]");
  const next = form.querySelector("[data-next]");
  const send = form.querySelector("[data-send]");
  let now = 0;

  const titles = steps.map((step) => step.querySelector("h2"));
  titles.forEach((title, place) => {
    const number = document.createElement("span");
    number.className = "step__number soft";
    number.textContent = say(words().stepWord, { number: place + 1, total: steps.length });
    title.prepend(number, " ");
  });
  const show = (place, focus) => {
    now = Math.max(0, Math.min(place, steps.length - 1));
    const one = PHONE.matches;
    steps.forEach((step, at) => { step.hidden = one && at !== now; });
    back.hidden = !one || now === 0;
    next.hidden = !one || now === steps.length - 1;
    send.hidden = one && now !== steps.length - 1;
    form.classList.toggle("is-stepped", one);
    if (focus && one) {
      titles[now].focus({ preventScroll: true });
      form.scrollIntoView();
    }
  };
  const go = (place) => {
    history.pushState({ step: place }, "");
    show(place, true);
  };
  const reveal = (element) => {
    const at = steps.findIndex((step) => step.contains(element));
    if (at >= 0 && at !== now) show(at, false);
    for (let box = element.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    element.closest("[data-part]")?.classList.remove("is-folded");
  };

  next.addEventListener("click", () => go(now + 1), { signal });
  back.addEventListener("click", () => go(now - 1), { signal });
  addEventListener("popstate", (event) => {
    if (!location.hash || event.state?.step !== undefined) show(event.state?.step ?? 0, true);
  }, { signal });
  PHONE.addEventListener("change", () => show(now, false), { signal });
  for (const link of document.querySelectorAll(".errors a[href^='#']")) {
    link.addEventListener("click", (event) => {
      const target = document.getElementById(link.hash.slice(1));
      if (!target) return;
      event.preventDefault();
      reveal(target);
      target.focus();
    }, { signal });
  }
  const wrong = form.querySelector(".field--bad");
  show(0, false);
  for (const field of form.querySelectorAll(".field--bad")) {
    for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  }
  if (wrong) reveal(wrong);
  return { reveal };
};
