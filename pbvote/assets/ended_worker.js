// Served in the worker's place where the setting OFFLINE_PAGES is off: it forgets everything and goes.
addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => {
  const forgotten = caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))));
  event.waitUntil(forgotten.then(() => registration.unregister()));
});
