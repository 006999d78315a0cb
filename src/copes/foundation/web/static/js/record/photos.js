/* Camera first: photographs beside their thing, seen before they are sent. They are sent as the camera made them. */
import { make, say, tell, words } from "./words.js";

const LARGEST = 25 * 1024 * 1024;

const dress = (box, draft) => {
  const input = box.querySelector("input[type=file]");
  if (!input || box.dataset.dressed) return;
  box.dataset.dressed = "yes";
  input.multiple = true;
  const label = box.querySelector("label");
  const text = label.textContent;
  let kept = [...input.files];
  const thumbs = make("ul", { className: "photos__thumbs" });
  const addresses = [];

  const show = () => {
    for (const address of addresses.splice(0)) URL.revokeObjectURL(address);
    thumbs.replaceChildren(...kept.map((file, place) => {
      const address = URL.createObjectURL(file);
      addresses.push(address);
      const drop = make("button", { type: "button", className: "button button--plain", textContent: words().remove });
      drop.addEventListener("click", () => keep(kept.filter((_one, at) => at !== place)));
      return make("li", {}, make("img", { src: address, alt: `${text} ${place + 1}` }), drop);
    }));
    box.dataset.count = kept.length ? say(words().photos, { number: kept.length }) : "";
  };
  const keep = (files) => {
    kept = files;
    const transfer = new DataTransfer();
    for (const file of kept) transfer.items.add(file);
    input.files = transfer.files;
    show();
  };
  input.addEventListener("change", () => {
    const fresh = [...input.files].filter((file) => !kept.includes(file));
    const large = fresh.some((file) => file.size > LARGEST);
    keep([...kept, ...fresh.filter((file) => file.size <= LARGEST)]);
    if (large) tell(words().large);
    draft.change();
  });
  box.append(thumbs);
  show();
};

export const startPhotos = (root, draft) => {
  for (const box of root.querySelectorAll("[data-photos]")) dress(box, draft);
};
