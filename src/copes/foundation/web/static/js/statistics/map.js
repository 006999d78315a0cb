// The map of seizures: Leaflet over the same rows that the table beneath shows. Everything comes from this site.
import { outlines } from "./outlines.js";

const NEAR = 4; // the zoom from which finer borders are fetched
const L = window.L;

// A token's colour as the canvas understands it: tokens may be written for both themes.
function token(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function landStyle() {
  return { color: token("--line-strong"), weight: 1, fillColor: token("--paper"), fillOpacity: 1, interactive: false };
}

async function land(address, renderer) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const rings = outlines(await answer.json(), "countries");
  return L.layerGroup(rings.map((ring) => L.polygon(ring, { ...landStyle(), renderer })));
}

function dot(row) {
  const { latitude, longitude, radius, how, text, short } = row.dataset;
  const name = row.querySelector("th").textContent;
  const size = Math.max(28, 2 * Number(radius));
  const number = document.createElement("span");
  number.textContent = short;
  const icon = L.divIcon({ className: how === "recorded" ? "map-dot" : "map-dot map-dot--found", iconSize: [size, size], html: number });
  const marker = L.marker([Number(latitude), Number(longitude)], { icon, keyboard: true, riseOnHover: true, zIndexOffset: -20 * Math.round(size) });
  const words = document.createElement("p");
  words.dir = "auto";
  words.textContent = `${name}: ${text}`;
  marker.bindPopup(words);
  marker.on("add", () => marker.getElement().setAttribute("aria-label", `${name}: ${text}`));
  return marker;
}

function head(map, line) {
  const [from, to] = line.slice(-2).map((point) => map.project(point, 8));
  const turn = Math.atan2(to.y - from.y, to.x - from.x);
  const arrow = document.createElement("span");
  arrow.textContent = "➤";
  arrow.style.transform = `rotate(${turn}rad)`;
  const icon = L.divIcon({ className: "map-head", iconSize: [18, 18], html: arrow });
  const marker = L.marker(line.at(-1), { icon, interactive: false, keyboard: false });
  marker.on("add", () => marker.getElement().setAttribute("aria-hidden", "true"));
  return marker;
}

function ways(map) {
  const lines = [...document.querySelectorAll("#map-ways tbody tr")].map((row) => JSON.parse(row.dataset.line));
  for (const line of lines.filter((stops) => stops.length > 1)) {
    L.polyline(line, { className: "m-way", color: token("--ink"), weight: 2, dashArray: "7 4", interactive: false }).addTo(map);
    head(map, line).addTo(map);
  }
  return lines.flat();
}

async function start(box) {
  const live = box.querySelector(".map__live");
  live.hidden = false;
  box.querySelector(".map__still").hidden = true;
  live.setAttribute("role", "application");
  live.setAttribute("aria-label", box.dataset.name);
  const map = L.map(live, { attributionControl: false, zoomControl: false, worldCopyJump: false, minZoom: 1, maxZoom: 9, scrollWheelZoom: false, maxBounds: [[-85, -200], [85, 200]] });
  L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  const renderer = L.canvas({ padding: 0.5 });
  const dots = [...document.querySelectorAll("#map-places tbody tr")].map(dot);
  const seen = [...dots.map((marker) => marker.getLatLng()), ...ways(map)];
  map.setView([20, 0], 2);
  if (seen.length) map.fitBounds(L.latLngBounds(seen).pad(0.15), { maxZoom: 6, animate: false });
  let shown = (await land(box.dataset.world, renderer)).addTo(map);
  dots.forEach((marker) => marker.addTo(map));
  let finer = false;
  const refine = async () => {
    if (finer || map.getZoom() < NEAR) return;
    finer = true;
    const better = await land(box.dataset.near, renderer);
    shown.remove();
    shown = better.addTo(map);
  };
  map.on("zoomend", refine);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => shown.invoke("setStyle", landStyle()));
  await refine();
  box.dataset.ready = "true";
}

const box = document.getElementById("map");
if (box && L) start(box);
