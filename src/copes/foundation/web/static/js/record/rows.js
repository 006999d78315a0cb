/* Parts that repeat: one more, like the last, the last N times, from a template; folded to a line when done. */
import { make, plain, put, tell, token, words } from "./words.js";

const MOST = 150;
const LIKE = ["description", "category", "unit"];
const OWN = ["seal", "photos", "vehicle__registration", "vehicle__vin", "person"];

const named = (part, name) => part.querySelector(`[name$="-${name}"]`);
const entered = (part) => [...part.querySelectorAll("input, select, textarea")]
  .some((one) => (one.type === "file" ? one.files.length : one.value));
const parse = (id) => JSON.parse(document.getElementById(id)?.textContent || "[]");

export const startRows = (form, dress, draft, signal) => {
  const templates = new Map([...parse("goods-data").map((one) => [one.code, one]), ...parse("mine-data").map((one) => [one.id, one])]);
  const box = (prefix) => form.querySelector(`[data-rows="${prefix}"]`);
  const parts = (prefix) => [...box(prefix).querySelectorAll("[data-part]")];
  const shown = (prefix) => parts(prefix).filter((part) => !part.hidden);

  const line = (part) => {
    const description = named(part, "description")?.value.split("\n")[0].slice(0, 50) ?? "";
    const unit = named(part, "unit");
    const amount = [named(part, "quantity")?.value, unit?.value && unit.selectedOptions[0].text].filter(Boolean).join(" ");
    const photos = part.querySelector("[data-photos]")?.dataset.count;
    part.querySelector("[data-line]").textContent = [description, amount, photos].filter(Boolean).join(" · ");
  };
  const fold = (part, folded) => {
    if (!named(part, "description") || !part.querySelector("[data-line]")) return;
    line(part);
    part.classList.toggle("is-folded", folded && Boolean(named(part, "description").value));
  };
  const equip = (part) => {
    if (part.dataset.equipped) return;
    part.dataset.equipped = "yes";
    const drop = make("button", { type: "button", className: "button button--plain part__remove", textContent: words().remove });
    drop.addEventListener("click", () => {
      for (const one of part.querySelectorAll("input, select, textarea")) one.value = "";
      part.hidden = true;
      draft.change();
    });
    part.querySelector("[data-inside]").append(drop);
    if (!part.closest("[data-rows=items]")) return;
    const legend = part.querySelector("legend");
    const toggle = make("button", { type: "button", className: "part__toggle" }, ...legend.childNodes);
    legend.append(toggle);
    toggle.addEventListener("click", () => fold(part, !part.classList.contains("is-folded")));
  };
  const one = (prefix) => {
    const all = parts(prefix);
    if (all.length >= MOST) {
      tell(words().full);
      return null;
    }
    const rows = box(prefix);
    const html = rows.querySelector("template[data-blank]").innerHTML;
    const holder = make("template");
    holder.innerHTML = html.replaceAll("__n__", all.length).replaceAll("__m__", shown(prefix).length + 1);
    const part = holder.content.firstElementChild;
    rows.querySelector("template[data-blank]").before(part);
    rows.querySelector(`[name="${prefix}-count"]`).value = all.length + 1;
    equip(part);
    dress(part);
    return part;
  };
  const free = (prefix) => {
    const last = shown(prefix).at(-1);
    return last && !entered(last) ? last : one(prefix);
  };
  const copy = (from, to, names) => {
    for (const field of from.querySelectorAll("input, select, textarea")) {
      const name = field.name.replace(/^[a-z_]+-\d+-/, "");
      const target = named(to, name);
      const wanted = names ? names.includes(name) : !OWN.includes(name);
      if (target && wanted && field.type !== "file") target.value = field.value;
    }
  };
  const hints = (part, goods) => {
    part.querySelector("[data-questions]")?.replaceChildren((goods.questions ?? []).join(" "));
    part.querySelector("[data-packaging]")?.replaceChildren(...(goods.packaging ?? []).map((text) => {
      const chip = make("button", { type: "button", className: "chip-button", textContent: text });
      chip.addEventListener("click", () => {
        const field = named(part, "description");
        put(field, `${field.value.trim()}, ${text}`);
        chip.remove();
      });
      return chip;
    }));
  };
  const others = (prefix, part) => shown(prefix).forEach((each) => each !== part && fold(each, true));
  const acts = {
    ""(prefix) {
      const part = one(prefix);
      others(prefix, part);
      part?.querySelector("textarea, select, input:not([type=hidden])").focus();
    },
    last(prefix) {
      const last = shown(prefix).findLast(entered);
      if (!last) return;
      const part = one(prefix);
      if (!part) return;
      copy(last, part, LIKE);
      others(prefix, part);
      named(part, "quantity").focus();
    },
    same(prefix) {
      const field = form.elements["items-same"];
      const count = Number.parseInt(plain(field.value), 10);
      const last = shown(prefix).findLast(entered);
      if (!last || !(count > 1)) return field.focus();
      for (let made = 1; made < count; made += 1) {
        const part = one(prefix);
        if (!part) break;
        copy(last, part);
        fold(part, true);
      }
      fold(last, true);
      field.value = "";
      return undefined;
    },
    goods(prefix, code) {
      const goods = templates.get(code);
      const part = free(prefix);
      if (!goods || !part) return;
      for (const name of [...LIKE, "currency"]) if (goods[name]) put(named(part, name), goods[name]);
      hints(part, goods);
      others(prefix, part);
      form.querySelector("[data-goods-list]").open = false;
      (named(part, "quantity") ?? named(part, "first_counter")).focus();
    },
  };
  acts.mine = acts.goods;

  form.addEventListener("submit", (event) => {
    if (event.submitter?.name !== "add") return;
    const [prefix, act = "", code = ""] = event.submitter.value.split(":");
    if (!box(prefix) || !acts[act]) return;
    event.preventDefault();
    event.stopPropagation();
    acts[act](prefix, code);
    draft.change();
  }, { signal });
  for (const part of form.querySelectorAll("[data-part]")) equip(part);
  const things = box("items") ? shown("items") : [];
  if (things.length > 2) things.slice(0, -1).forEach((part) => !part.querySelector(".field--bad") && fold(part, true));
  favourites(form, () => shown("items").findLast(entered), signal);
  finding(form, signal);
};

const favourites = (form, last, signal) => {
  const button = form.querySelector("[data-favourite]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const part = last();
    if (!part) return;
    const body = new URLSearchParams(LIKE.map((name) => [name, named(part, name).value]));
    const headers = { "X-CSRFToken": token() };
    try {
      const answer = await fetch(button.dataset.favourite, { method: "POST", body, headers, credentials: "same-origin" });
      const told = await answer.json();
      tell(answer.ok ? words().favourite : `${told.reason} ${told.mend}`);
    } catch {
      tell(words().failed);
    }
  }, { signal });
};

const finding = (form, signal) => {
  const box = form.querySelector("[data-goods-find]");
  if (!box) return;
  box.hidden = false;
  box.querySelector("input").addEventListener("input", (event) => {
    event.stopPropagation();
    const wanted = event.target.value.trim().toLocaleLowerCase();
    for (const entry of form.querySelectorAll(".goods__list li")) {
      entry.hidden = !entry.textContent.toLocaleLowerCase().includes(wanted);
    }
  }, { signal });
};
