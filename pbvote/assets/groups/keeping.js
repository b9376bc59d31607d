// Lets the groups and their forms open without a network, unless this phone is told not to. See `pbvote.offline`.
import { forgetPages } from "../hall/kept.js";

const DOOR = "/my/groups/";
const OFF = "pbvote-groups-off";
const container = navigator.serviceWorker;

export const canKeep = () => Boolean(container && window.caches);

export function isOff() {
  try {
    return Boolean(localStorage.getItem(OFF));
  } catch {
    return true;
  }
}

export async function keepPages(worker, paths) {
  if (!canKeep() || isOff()) return;
  await container.register(worker).catch(() => null);
  const found = await container.getRegistration(DOOR);
  if (!found) return;
  const ask = () => paths.forEach((keep) => found.active && found.active.postMessage({ keep }));
  if (found.active) ask();
  // A new worker has forgotten what the one before it kept.
  container.addEventListener("controllerchange", ask);
}

export async function stopKeeping() {
  localStorage.setItem(OFF, "1");
  const found = await container.getRegistration(DOOR);
  if (found) await found.unregister();
  await forgetPages(DOOR);
}

export async function keepAgain(worker) {
  localStorage.removeItem(OFF);
  await keepPages(worker, [DOOR]);
}
