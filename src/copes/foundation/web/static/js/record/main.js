/* A recording page: drafts, sending, steps, parts that repeat, camera, position, number pad. Without it the page works too. */
import { startCash } from "./cash.js";
import { startDocuments } from "./document.js";
import { startDraft } from "./draft.js";
import { startFilling } from "./filling.js";
import { startPad } from "./pad.js";
import { startPhotos } from "./photos.js";
import { startPlace } from "./place.js";
import { startRows } from "./rows.js";
import { startScanning } from "./scan.js";
import { startSending } from "./send.js";
import { startSteps } from "./steps.js";

let running = new AbortController();

const start = () => {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const form = document.querySelector("form[data-record]");
  if (!form) return;
  const draft = startDraft(form, signal);
  const steps = startSteps(form, signal);
  // What a new part needs: each of these looks at the elements beneath it once.
  const dress = (root) => {
    startPhotos(root, draft);
    startPad(root);
    startCash(root);
    startScanning(root);
    startDocuments(root);
  };
  startFilling(form, signal);
  startPlace(form, signal);
  startRows(form, dress, draft, signal);
  dress(form);
  startSending(form, draft, start, signal);
  document.querySelector(".errors[data-focus]")?.focus();
  form.dataset.ready = "yes";
  return steps;
};

start();
