// The event's console, kept up to date: looks at itself now and then. Numbers are put in place; once something waits for a
// second person, or the poll has moved on, the page is shown anew. Without script there is a button that does the same.

const SECONDS = 5;
const FORGET = 20; // looks that fail in a row before it gives up: the person has signed out, or the server is gone

export function watchEvent() {
  const watched = document.querySelector("[data-watched]");
  if (!watched) return;
  let failures = 0;

  const look = async () => {
    const page = document.hidden ? null : await fetched();
    failures = page || document.hidden ? 0 : failures + 1;
    const now = page?.querySelector("[data-watched]");
    if (now && now.dataset.watched !== watched.dataset.watched) {
      location.reload();
      return;
    }
    for (const part of now ? document.querySelectorAll("[data-live]") : []) {
      const fresh = page.getElementById(part.id);
      if (fresh && fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
    }
    if (failures < FORGET) setTimeout(look, SECONDS * 1000);
  };
  setTimeout(look, SECONDS * 1000);
}

async function fetched() {
  const answer = await fetch(location.pathname).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  return new DOMParser().parseFromString((await answer.text()).replace(/<style[^]*?<\/style>/g, ""), "text/html");
}
