/* Codes by camera: bar codes and QR codes into the field, checked. The reader is loaded when the camera is opened. */
import { make, put, words } from "./words.js";

const PAUSE = 200;
let dialog = null;

// ISO 6346: letters count 10 to 38 without multiples of 11, weights are powers of two, modulus 11, 10 counts as 0.
export const containerHolds = (text) => {
  const number = text.toUpperCase().replace(/[^A-Z0-9]/g, "");
  if (!/^[A-Z]{3}[UJZ]\d{7}$/.test(number)) return false;
  const value = (sign) => (/\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 55 + Math.floor((sign.charCodeAt(0) - 56) / 10));
  const sum = [...number.slice(0, 10)].reduce((total, sign, place) => total + value(sign) * 2 ** place, 0);
  return (sum % 11) % 10 === Number(number[10]);
};

const reader = async () => {
  if ("BarcodeDetector" in window && (await window.BarcodeDetector.getSupportedFormats()).length) {
    const native = new window.BarcodeDetector();
    return async (video) => (await native.detect(video))[0]?.rawValue;
  }
  const { prepareZXingModule, readBarcodes } = await import(words().zxing);
  const { wasm } = words();
  prepareZXingModule({ overrides: { locateFile: () => wasm } });
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    pen.drawImage(video, 0, 0);
    const found = await readBarcodes(pen.getImageData(0, 0, canvas.width, canvas.height), { tryHarder: true, maxNumberOfSymbols: 1 });
    return found[0]?.text;
  };
};

const open = async (field) => {
  const status = make("p", { className: "field__error" });
  status.setAttribute("role", "status");
  const video = make("video", { className: "scan__picture", muted: true, playsInline: true });
  const close = make("button", { type: "button", className: "button button--secondary", textContent: words().close });
  dialog ??= document.body.appendChild(make("dialog", { className: "record-sheet" }));
  dialog.ariaLabel = words().scanTitle;
  dialog.replaceChildren(make("h2", { textContent: words().scanTitle }), video, status, close);
  close.addEventListener("click", () => dialog.close());
  let stream = null;
  dialog.onclose = () => {
    stream?.getTracks().forEach((track) => track.stop());
    dialog.replaceChildren();
    field.focus();
  };
  dialog.showModal();
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
    video.srcObject = stream;
    await video.play();
    const look = await reader();
    while (dialog.open && stream.active) {
      const text = video.videoWidth ? await look(video) : "";
      if (text && field.dataset.scan === "container" && !containerHolds(text)) status.textContent = words().scanBad;
      else if (text) {
        put(field, text.trim().slice(0, field.maxLength > 0 ? field.maxLength : 200));
        dialog.close();
      }
      await new Promise((done) => { setTimeout(done, PAUSE); });
    }
  } catch {
    if (dialog.open) status.textContent = words().scanNone;
  }
};

export const startScanning = (root) => {
  if (!navigator.mediaDevices?.getUserMedia) return;
  for (const field of root.querySelectorAll("input[data-scan]")) {
    if (field.dataset.scan === "plate" || field.dataset.scannable) continue;
    field.dataset.scannable = "yes";
    const button = make("button", { type: "button", className: "button button--secondary beside", textContent: words().scanWord });
    button.append(make("span", { className: "visually-hidden", textContent: ` ${field.labels[0]?.textContent ?? ""}` }));
    button.addEventListener("click", () => open(field));
    field.after(button);
    field.parentElement.classList.add("field--beside");
  }
};
