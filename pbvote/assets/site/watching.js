// A page that keeps itself up to date, as the event's console does: it looks at itself now and then. Numbers are put in place;
// once something waits for a second person, or the poll has moved on, the page is shown again. So is a page that waits to be
// let in, once something else stands at its address. Without script there is a button that does the same. A form that is
// answered with a file leaves its page where it is, so that page looks again soon after.

const SECONDS = 5;
const SOON = 1;
const MOVED = "moved";
const FORGET = 20; // looks that fail in a row before it gives up: the person has signed out, or the server is gone

export function watchEvent() {
  const watched = document.querySelector("[data-watched]");
  if (!watched) return;
  if (history.state === MOVED) tell();
  let failures = 0;
  let timer = 0;

  const lookIn = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(look, seconds * 1000);
  };
  const look = async () => {
    const page = document.hidden ? null : await fetched();
    failures = page || document.hidden ? 0 : failures + 1;
    const now = page?.querySelector("[data-watched]");
    if (page && now?.dataset.watched !== watched.dataset.watched) {
      if (now) history.replaceState(MOVED, "");
      location.reload();
      return;
    }
    for (const part of now ? document.querySelectorAll("[data-live]") : []) {
      const fresh = page.getElementById(part.id);
      if (fresh && fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
    }
    if (failures < FORGET) lookIn(SECONDS);
  };
  lookIn(SECONDS);
  addEventListener("submit", () => lookIn(SOON));
}

// A page that is shown again by itself begins at its top, and nothing says why: so what is new takes the focus, and is read out.
function tell() {
  history.replaceState(null, "");
  const news = document.querySelector(".act h2, .console__state");
  if (!news) return;
  news.tabIndex = -1;
  news.focus();
}

async function fetched() {
  const answer = await fetch(location.pathname).catch(() => null);
  // A page that says no is what stands there now; one that failed says nothing.
  if (!(answer?.ok || answer?.status === 403) || answer.redirected) return null;
  return new DOMParser().parseFromString((await answer.text()).replace(/<style[^]*?<\/style>/g, ""), "text/html");
}
