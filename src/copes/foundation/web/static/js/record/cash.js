/* Cash: only the pad of the chosen currency, and its total while counting. Whole hundredths, so that nothing is rounded. */
import { make, plain, put, say, words } from "./words.js";

const hundredths = (value) => {
  const [whole, rest = ""] = value.split(".");
  return BigInt(whole) * 100n + BigInt(rest.padEnd(2, "0").slice(0, 2));
};

const dress = (part) => {
  const output = part.querySelector("[data-cash-total]");
  if (!output || part.dataset.cash) return;
  part.dataset.cash = "yes";
  const currency = part.querySelector("[name$='-currency']");
  const pads = [...part.querySelectorAll("[data-currency]")];
  const known = [...new Set(pads.map((pad) => pad.dataset.currency))];

  const show = () => {
    const chosen = currency.value.trim().toUpperCase();
    let total = 0n;
    for (const pad of pads) {
      pad.hidden = pad.dataset.currency !== chosen;
      if (pad.hidden) continue;
      for (const input of pad.querySelectorAll("input")) {
        const [, value] = input.name.match(/_(?:note|coin)_([0-9_]+)$/) ?? [];
        const count = plain(input.value);
        if (value && /^\d+$/.test(count)) total += hundredths(value.replace("_", ".")) * BigInt(count);
      }
    }
    const text = `${total / 100n}${total % 100n ? `.${String(total % 100n).padStart(2, "0")}` : ""}`;
    output.textContent = known.includes(chosen) ? say(words().total, { total: `\u2066${text} ${chosen}\u2069` }) : "";
  };
  const chips = make("p", { className: "chips" }, ...known.map((code) => {
    const chip = make("button", { type: "button", className: "chip-button", textContent: code });
    chip.addEventListener("click", () => put(currency, code));
    return chip;
  }));
  currency.closest(".field").before(chips);
  part.addEventListener("input", show);
  show();
};

export const startCash = (root) => {
  for (const part of [root, ...root.querySelectorAll("[data-part]")]) if (part.matches("[data-part]")) dress(part);
};
