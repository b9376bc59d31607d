// At midnight the door closes to a phone. What still waits on it is sent from the page that says so.
import { sendLot } from "./sending.js";
import { openStore } from "./store.js";

const AGAIN_MS = 5000;

export async function sendRemains() {
  const place = document.querySelector("[data-door-remains]");
  const store = place && (await openStore(place.dataset.doorRemains).catch(() => null));
  if (!store) return;
  const say = (left) => {
    const what = left === 1 ? "1 press" : `${left} presses`;
    place.textContent = left ? `${what} of this phone wait for a signal. Keep this page open.` : "Everything that this phone counted is sent.";
  };
  const began = (await store.waiting()).length;
  const next = async () => {
    const left = (await store.waiting()).length;
    if (began) say(left);
    if (!left) return;
    const { isTaken } = await sendLot(store, place.dataset.lot);
    setTimeout(next, isTaken ? 0 : AGAIN_MS);
  };
  next();
}
