// Lets the pages of one door open without a network. The server writes `DOOR` before these lines: the path of the door, the
// built files that its pages load, and a mark of both. It answers for that door alone, and never for a voter's page.
/* global DOOR */
const CACHE = `pbvote ${DOOR.path} ${DOOR.mark}`;
const OURS = `pbvote ${DOOR.path} `;
const PATIENCE = 4000;

// One that is opened, and one that asks for itself again to be as the server has it.
const isPage = (request) => request.mode === "navigate" || request.headers.get("Accept") === "text/html";
const isKept = (url) => url.pathname.startsWith("/static/") || url.pathname.startsWith("/photos/");

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
}

// Access is to an event: where one of its pages is refused, all are gone from here, and a phone that is let in no more opens
// none of them, with a network or without.
const hallOf = (address) => new URL(address).pathname.split("/").slice(0, 3).join("/");
const isRefused = (answer) => answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status);

async function forgetHall(cache, address) {
  const kept = await cache.keys();
  await Promise.all(kept.filter((one) => hallOf(one.url) === hallOf(address)).map((one) => cache.delete(one)));
}

// Of a door whose pages are a person's own, one that is not there says nothing of the others.
const forgetRefused = (cache, address, answer) => (DOOR.copies && answer.status === 404 ? cache.delete(address) : forgetHall(cache, address));

// The network's answer where it comes in time, else the page as it was read last.
async function page(request) {
  const cache = await caches.open(CACHE);
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(request.url, { credentials: "same-origin", signal: stop.signal, redirect: "manual" });
    if (answer.ok && !DOOR.copies) await cache.put(request.url, answer.clone());
    else if (isRefused(answer)) await forgetRefused(cache, request.url, answer);
    return answer;
  } catch (error) {
    const kept = await cache.match(request.url);
    if (kept) return kept;
    throw error;
  } finally {
    clearTimeout(patience);
  }
}

// Its address says what is in it, so it never changes.
async function file(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(DOOR.files)));
});

addEventListener("activate", (event) => {
  event.waitUntil(forgetOthers().then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (isKept(url)) event.respondWith(file(event.request));
  else if (isPage(event.request) && url.pathname.startsWith(DOOR.path)) event.respondWith(page(event.request));
});

// A page that was read before this script was there asks to be kept as well. Where `DOOR.copies` is set, no page is kept as it
// was shown: the server is asked for a copy without what is not to stay on a phone.
async function keep(path) {
  const headers = DOOR.copies ? { "X-Kept-Copy": "1" } : {};
  const answer = await fetch(path, { credentials: "same-origin", redirect: "manual", headers }).catch(() => null);
  const cache = await caches.open(CACHE);
  const address = new URL(path, location.origin).href;
  if (answer && answer.ok) await cache.put(address, answer);
  else if (answer && isRefused(answer)) await forgetRefused(cache, address, answer);
}

addEventListener("message", (event) => {
  const path = event.data && event.data.keep;
  if (typeof path === "string" && path.startsWith(DOOR.path)) event.waitUntil(keep(path));
});
