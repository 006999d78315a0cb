/* The place from the device: asked on press, shown with its accuracy; names near by are offered, never filled in. */
import { make, put, say, words } from "./words.js";

export const startPlace = (form, signal) => {
  const button = form.querySelector("[data-locate]");
  if (!button || !navigator.geolocation) return;
  const status = form.querySelector("[data-position]");
  const offers = form.querySelector("[data-near-places]");
  button.hidden = false;

  const offer = (places) => {
    offers.replaceChildren(...places.map((place) => make("button", {
      type: "button",
      className: "chip-button",
      textContent: say(words().kilometres, place),
      onclick: () => {
        put(form.elements.place__name, place.name);
        put(form.elements.place__country, place.country);
      },
    })));
  };
  const found = async ({ coords }) => {
    put(form.elements.place__latitude, coords.latitude.toFixed(6));
    put(form.elements.place__longitude, coords.longitude.toFixed(6));
    status.textContent = say(words().located, { metres: Math.round(coords.accuracy) });
    try {
      const query = new URLSearchParams({ latitude: coords.latitude, longitude: coords.longitude });
      const answer = await fetch(`${words().near}?${query}`, { credentials: "same-origin" });
      if (answer.ok) offer((await answer.json()).places);
    } catch {
      offer([]);
    }
  };
  button.addEventListener("click", () => {
    status.textContent = words().locating;
    navigator.geolocation.getCurrentPosition(found, () => { status.textContent = words().unlocated; }, {
      enableHighAccuracy: true,
      timeout: 20_000,
    });
  }, { signal });
};
