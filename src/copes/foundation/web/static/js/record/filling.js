/* Taps that fill in: places, legal powers, grounds, packaging. Enter moves on and never sends. */
import { put } from "./words.js";

const typing = "input:not([type=hidden],[type=checkbox],[type=radio],[type=file]), textarea, select";

const moveOn = (form, field) => {
  const fields = [...form.querySelectorAll(typing)].filter((one) => one.checkVisibility?.() ?? one.offsetParent);
  const following = fields[fields.indexOf(field) + 1];
  if (following) following.focus();
  else field.blur();
};

export const startFilling = (form, signal) => {
  for (const button of form.querySelectorAll("[data-fill], [data-add-to]")) button.hidden = false;
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill], [data-add-to]");
    if (!button) return;
    if (button.dataset.fill) {
      for (const [name, value] of Object.entries(JSON.parse(button.dataset.fill))) put(form.elements[name], value);
    } else {
      const field = form.elements[button.dataset.addTo];
      put(field, [field.value.trim(), button.dataset.text].filter(Boolean).join(" "));
    }
  }, { signal });
  // The place of last time stands there: a tap marks it, so that another one writes over it.
  form.addEventListener("focusin", ({ target }) => {
    if (target.name === "place__name" && target.value && target.value === target.defaultValue) target.select();
  }, { signal });
  // A USB scanner ends with Enter; a phone's keyboard has "next".
  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || event.isComposing || field.tagName !== "INPUT" || !field.matches(typing)) return;
    event.preventDefault();
    if (field.id === "items-same") form.querySelector("[value='items:same']").click();
    else if (field.type !== "search") moveOn(form, field);
  }, { signal });
};
