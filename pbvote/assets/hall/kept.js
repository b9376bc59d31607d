// The pages that a browser keeps for the hall's doors, so that they open without a network. See `pbvote.offline`.
export async function forgetPages(door = "/") {
  if (!window.caches) return;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(`pbvote ${door}`)).map((name) => caches.delete(name)));
}

// This page was read before its worker was there: the worker is asked to keep it too.
export function keepThisPage(worker) {
  const container = navigator.serviceWorker;
  if (!container) return;
  container.register(worker).catch(() => null);
  container.ready.then((found) => found.active.postMessage({ keep: location.pathname }));
}

// This page as the server has it now; null where none comes. The worker keeps it as it keeps a page that is opened.
export async function pageAgain() {
  const asked = { cache: "no-store", redirect: "manual", headers: { Accept: "text/html" } };
  const answer = await fetch(location.href, asked).catch(() => null);
  return answer && answer.ok ? answer : null;
}

// Whoever is let in no more keeps nothing: what is kept of this door goes, and the page asks again and hears why.
export async function leave() {
  const [, door] = location.pathname.split("/");
  await forgetPages(`/${door}/`).catch(() => null);
  location.reload();
}
