// One loop that asks the light address every two seconds, whatever happens to the network meanwhile.
import { setServerClock } from "./clock.js";
import { leave } from "./kept.js";

const SECONDS = 2;
const PATIENCE = 6000;
const SLEPT = 15000;

// The browser keeps asking, and the page that is refused leaves: its access was ended, or somebody signed out.
const isRefused = (answer) => answer.redirected || [401, 403, 404].includes(answer.status);

export function askAgainAndAgain(address, { answered, lost }) {
  let etag = "";
  let timer = 0;
  let asking = false;
  let asked = Date.now();
  const ask = async () => {
    if (asking) return;
    asking = true;
    clearTimeout(timer);
    // This computer slept, or somebody set its clock: only an answer with news says what time it is.
    const since = Date.now() - asked;
    asked += since;
    if (since < 0 || since > SLEPT) etag = "";
    const stop = new AbortController();
    const patience = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const headers = etag ? { "If-None-Match": etag } : {};
      const answer = await fetch(address, { headers, cache: "no-store", signal: stop.signal });
      if (isRefused(answer)) {
        leave();
      } else if (answer.status === 200) {
        const now = await answer.json();
        etag = answer.headers.get("ETag") || "";
        setServerClock(now.at);
        answered(now);
      } else if (answer.status === 304) {
        answered(null);
      } else {
        lost();
      }
    } catch {
      lost();
    } finally {
      clearTimeout(patience);
      asking = false;
      timer = setTimeout(ask, SECONDS * 1000);
    }
  };
  // A laptop that slept shows what is true now, not what was when it fell asleep.
  for (const woken of ["online", "pageshow", "focus"]) addEventListener(woken, ask);
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  ask();
  return {
    ask,
    forget: () => {
      etag = "";
    },
  };
}
