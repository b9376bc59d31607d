// Before the poll opens: looks now and then, and says when it has opened, or that it was over before anybody looked. The
// page itself stays as it is.
import { parse } from "./post.js";

const SECONDS = 15;
const WORDS = { open: "now-open", closed: "now-closed" };

export function waitForOpening() {
  const place = document.getElementById("waiting");
  if (!place) return;
  const look = async () => {
    if (!place.isConnected) return; // another page has taken its place
    const answer = await fetch(place.dataset.at, { credentials: "omit" }).catch(() => null);
    const first = answer && answer.ok && parse(await answer.text()).getElementById("vote");
    const words = first && WORDS[first.dataset.poll];
    if (!words) return setTimeout(look, SECONDS * (1000 + Math.random() * 500));
    // What it says of the opening is no longer true; its place stays, under whatever finger is on its way.
    for (const line of document.querySelectorAll(".line.stays")) line.classList.add("gone");
    place.textContent = "";
    place.append(document.getElementById(words).content.cloneNode(true));
  };
  setTimeout(look, SECONDS * 1000);
}
