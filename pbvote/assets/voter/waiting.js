// Before the poll opens: looks every few seconds. A page whose slip is known becomes the ballot paper; the first page stays
// as it is, and says that voting has opened, or that it was over before anybody looked.
const SECONDS = 6;
const QUIET = 1500;
const WORDS = { open: "now-open", closed: "now-closed" };

// Under a finger that is on its way nothing may change.
let touchedAt = 0;
for (const name of ["pointerdown", "pointermove", "keydown", "input", "scroll"]) {
  addEventListener(name, () => (touchedAt = Date.now()), { passive: true });
}

// Said to those who can't see the page change: a place that no page replaces.
function say(words) {
  const place = document.body.appendChild(document.createElement("p"));
  place.className = "hidden";
  place.setAttribute("role", "status");
  setTimeout(() => (place.textContent = words), 1000);
}

// turn(form) sends the slip again and shows the paper; what it gives is empty where no answer came.
export function waitForOpening(turn) {
  const place = document.getElementById("waiting");
  if (!place) return;
  const early = document.querySelector(".early");
  if (early) early.classList.add("live");
  const later = (wait) => setTimeout(look, wait * (1 + Math.random() / 2));
  async function look() {
    if (!place.isConnected) return; // another page has taken its place
    const answer = await fetch(place.dataset.at, { credentials: "omit" }).catch(() => null);
    const now = answer && answer.ok && (await answer.json().catch(() => null));
    const words = now && WORDS[now.poll];
    if (early) mark(now);
    if (!words) return later(SECONDS * 1000);
    if (early) {
      if (Date.now() - touchedAt < QUIET) return later(QUIET);
      if (!(await turn(early.querySelector(".again")))) return later(SECONDS * 1000);
      if (now.poll === "open") say(place.dataset.said);
      return;
    }
    // What it says of the opening is no longer true; its place stays, under whatever finger is on its way.
    for (const line of document.querySelectorAll(".line.stays")) line.classList.add("gone");
    place.textContent = "";
    place.append(document.getElementById(words).content.cloneNode(true));
  }
  later(SECONDS * 1000);
}

// Who speaks now.
function mark(now) {
  for (const card of document.querySelectorAll(".bid")) {
    const number = card.querySelector(".bid-number").textContent;
    if (now && now.speaks === +number) card.setAttribute("aria-current", "true");
    else card.removeAttribute("aria-current");
  }
}
