// Sends what waits: the words of a check-in first, then each of its photos by itself. Everything has a key of its own, so
// what is sent twice is stored once. Nothing leaves the phone before the server has it, and what is refused holds up nothing.
import { post } from "../posting.js";

const WORDS_MS = 15000;
const PHOTO_MS = 90000;
const REFUSED = "The server does not take it. Tell an organiser.";

// A server that is busy or out of order is asked again later, as one that can't be reached.
const isLater = (status) => !status || status === 408 || status === 429 || status >= 500;

// `state` of an item: waiting, signin, refused, stored (its photos still wait). The answer where it is new.
export async function sendWords(store, item) {
  const body = new URLSearchParams(item.typed);
  body.append("account", item.account);
  body.append("saved_on", item.savedOn);
  const { status, answer } = await post(item.outbox, body, WORDS_MS);
  if (isLater(status)) return { state: "waiting" };
  if (status === 403) {
    await store.update(item.id, { ...item, state: "signin" });
    return { state: "signin" };
  }
  if (status !== 200) {
    const errors = answer.errors || [[answer.said || REFUSED, ""]];
    await store.update(item.id, { ...item, state: "refused", errors });
    return { state: "refused", errors };
  }
  // What was typed is not kept here any longer, least of all what only the officer reads.
  const { id, account, award, called, at, photos, outbox: address } = item;
  const left = { id, account, award, called, at, photos, outbox: address, state: "stored", checkIn: answer.check_in, also: answer.also };
  await (photos ? store.update(id, left) : store.forget(id));
  return { state: "stored", said: answer.said, left: photos ? left : null };
}

async function sendPhoto(store, item, photo) {
  const body = new FormData();
  body.append("account", item.account);
  body.append("key", photo.id);
  body.append("agreed", photo.agreed ? "y" : "");
  for (const number of item.also || []) body.append("also", number); // the check-ins of other groups that get it, too
  body.append("photo", new Blob([photo.bytes], { type: photo.type }), photo.name);
  const { status, answer } = await post(item.outbox.replace(/outbox$/, `check-ins/${item.checkIn}/photos`), body, PHOTO_MS);
  if (isLater(status) || status === 403) return status === 403 ? "signin" : "waiting";
  await store.change(({ photos }) => (status === 200 ? photos.delete(photo.id) : photos.put({ ...photo, state: "failed", said: answer.said || REFUSED })));
  return status === 200 ? "stored" : "failed";
}

// The photos of a check-in whose words are stored; the item goes once none is left.
export async function sendPhotos(store, item, changed) {
  for (const photo of await store.photosOf(item.id)) {
    if (photo.state === "failed") continue;
    const state = await sendPhoto(store, item, photo);
    await store.update(item.id, { ...item, isOut: state === "signin" });
    if (state === "signin" || state === "waiting") return false;
    await changed();
  }
  if (!(await store.photosOf(item.id)).length) await store.forget(item.id);
  return true;
}

// All that waits, the oldest first; whether everything is gone that could go. One tab at a time sends.
async function sendEach(store, changed, told) {
  for (let item of await store.waiting()) {
    if (item.state === "refused") continue;
    if (item.state !== "stored") {
      const { state, said, left } = await sendWords(store, item);
      if (said) told(said, item.called);
      await changed();
      if (state === "waiting" || state === "signin") return false;
      item = left;
    }
    const isSent = !item || item.state !== "stored" || (await sendPhotos(store, item, changed));
    await changed();
    if (!isSent) return false;
  }
  return true;
}

export async function sendAll(store, changed, told) {
  const work = () => sendEach(store, changed, told);
  if (!navigator.locks) return work();
  return navigator.locks.request("pbvote groups", { ifAvailable: true }, (lock) => (lock ? work() : false));
}
