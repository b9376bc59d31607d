// The timer of whoever presents, drawn again and again ([data-timed] holds what the server knows of it).
import { WORDS_IN_FULL, drawTimer } from "../hall/timer.js";
import { serverNow, setServerClock } from "../hall/clock.js";

const FRAME_MS = 200;
const NEAR_MS = 1500; // a Date header tells whole seconds: a clock that is as near as that is not set by it

export function runTimers() {
  if (!document.querySelector("[data-watched]")) return;
  setInterval(() => {
    for (const place of document.querySelectorAll("[data-timed]")) drawTimer(place, JSON.parse(place.dataset.timed), WORDS_IN_FULL);
  }, FRAME_MS);
}

export function setClockBy(answer) {
  const at = Date.parse(answer.headers.get("Date")) + 500;
  if (Math.abs(at - serverNow()) > NEAR_MS) setServerClock(at);
}
