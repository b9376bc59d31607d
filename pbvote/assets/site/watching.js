// A page that keeps itself up to date, as the event's console does: it asks for itself now and then, and puts the parts that
// have changed in place ([data-live], each with an id). Focus, scroll and what is unfolded stay. What the page says of itself
// (data-says on [data-watched]) is announced when it changes, in the one place for that; numbers change in silence. It rests
// while nobody looks, and says so when it can't reach the server. Once another page stands at its address, as when a phone is
// let in, that one is shown. Without script there is a link that does the same.
import { pageOf } from "./reading_pages.js";
import { pressInPlace } from "./pressing.js";
import { focusOn, replace } from "./replacing.js";
import { setClockBy } from "./timing.js";

const SECONDS = 5;
const SOON = 1; // a form that is answered with a file leaves its page where it is, so that page looks again soon after
const AT_MOST = 60; // between two looks, when the server can't be reached

export function watchEvent() {
  const watched = document.querySelector("[data-watched]");
  if (!watched) return;
  const shown = new Map([...document.querySelectorAll("[data-live]")].map((part) => [part.id, plain(part)]));
  let says = watched.dataset.says;
  let asOf = new Date();
  let mark = "";
  let failures = 0;
  let timer = 0;

  const lookIn = (seconds) => {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(look, seconds * 1000);
  };
  const look = async () => {
    const answer = await ask(mark);
    if (answer && (answer.redirected || [401, 404].includes(answer.status))) return tell(watched.dataset.over);
    // A page that says no is what stands there now; one that failed says nothing.
    const page = answer?.ok || answer?.status === 403 ? await pageOf(answer) : null;
    if (page && !page.querySelector("[data-watched]")) return location.reload();
    if (page) {
      mark = answer.headers.get("ETag");
      show(page);
    }
    const isReached = answer?.ok || answer?.status === 304;
    if (isReached) setClockBy(answer);
    if (isReached) asOf = new Date();
    if (isReached && failures) tell("");
    failures = isReached ? 0 : failures + 1;
    if (failures === 2) tell(watched.dataset.lost.replace("{time}", asOf.toTimeString().slice(0, 5)));
    lookIn(Math.min(SECONDS * 2 ** Math.max(0, failures - 1), AT_MOST));
  };
  const show = (page) => {
    for (const part of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(part.id);
      if (!fresh) continue;
      const now = plain(fresh);
      if (now !== shown.get(part.id)) {
        replace(part, fresh);
        if (part.hasAttribute("data-outdates")) forgetWhatWasDone(part);
      }
      shown.set(part.id, now);
    }
    document.title = page.title;
    const saysNow = page.querySelector("[data-watched]")?.dataset.says;
    if (saysNow && saysNow !== says) tell(saysNow, "govuk-visually-hidden");
    says = saysNow;
  };
  const tell = (words, name = "govuk-inset-text") => {
    const line = document.createElement("p");
    line.className = name;
    line.textContent = words ?? "";
    watched.replaceChildren(...(words ? [line] : []));
  };

  const pressed = (page, answer) => {
    if (!page) return look();
    mark = answer.headers.get("ETag");
    show(page);
    lookIn(SECONDS);
  };

  // A clock that is wrong would draw a timer that is wrong.
  lookIn(document.querySelector("[data-timed]") ? 0 : SECONDS);
  pressInPlace(pressed);
  addEventListener("submit", () => lookIn(SOON));
  document.addEventListener("visibilitychange", () => lookIn(0));
}

const ask = (mark) => fetch(location.pathname, { headers: mark ? { "If-None-Match": mark } : {} }).catch(() => null);

// What a part says, without what differs in every answer and what scripts and readers have added.
function plain(part) {
  const copy = part.cloneNode(true);
  for (const each of copy.querySelectorAll("*")) {
    if (each.name === "csrf_token") each.removeAttribute("value");
    for (const { name } of [...each.attributes]) {
      if (name === "open" || name.endsWith("-init")) each.removeAttribute(name);
    }
  }
  return copy.innerHTML;
}

// What a press once said of itself is no longer so: that something waits, and it has been confirmed.
function forgetWhatWasDone(part) {
  for (const banner of document.querySelectorAll(".govuk-notification-banner")) {
    const hadFocus = banner.contains(document.activeElement);
    banner.remove();
    if (hadFocus) focusOn(part, part);
  }
}
