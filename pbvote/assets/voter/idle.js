// Clears a shared tablet's page that nobody touches. It asks first, and whoever answers has all the time they need. The
// pages' sentences say "20 seconds" as well.

const PATIENCE = 60;
const ANSWER = 20;

// isAtRest(): there is nothing to clear. clear(): back to the first page. lookAgain(): time to fetch that page again.
export function idle({ isAtRest, clear, lookAgain }) {
  let timer = 0;
  let touchedAt = Date.now();

  function wait(seconds, then) {
    clearTimeout(timer);
    timer = setTimeout(then, seconds * 1000);
  }

  function again() {
    touchedAt = Date.now();
    wait(PATIENCE, ask);
    const leaving = document.getElementById("leaving");
    if (!leaving) return;
    if (leaving.contains(document.activeElement)) document.querySelector("h1").focus();
    // Its place stays: what a finger is on must not move away.
    leaving.classList.add("gone");
  }

  function ask() {
    if (isAtRest()) return;
    wait(ANSWER, clear);
    lookAgain();
    const question = document.getElementById("still");
    question.querySelector("button").onclick = () => {
      question.close();
      again();
    };
    question.oncancel = again; // the Escape key closes it
    question.showModal();
  }

  // After the acknowledgement it need not ask: the page itself says that it goes, and how to keep it.
  function leave(notice) {
    const words = notice.querySelector("[data-words]");
    notice.hidden = false;
    // A moment later, or a screen reader misses it.
    setTimeout(() => (words.textContent = words.dataset.words), 1000);
    wait(ANSWER + 1, clear);
    lookAgain();
  }

  function begin() {
    touchedAt = Date.now();
    const notice = document.getElementById("leaving");
    if (notice) leave(notice);
    else wait(PATIENCE, ask);
  }

  for (const name of ["pointerdown", "keydown", "click", "input", "wheel"]) {
    addEventListener(name, () => document.getElementById("still").open || again());
  }
  // A tablet that slept kept its clocks from running.
  document.addEventListener("visibilitychange", () => {
    const isLong = Date.now() - touchedAt > (PATIENCE + ANSWER) * 1000;
    if (!document.hidden && isLong && !isAtRest()) clear();
  });
  return { begin };
}
