// The check-in. Every key is kept on the phone until it is saved; what is saved goes into the outbox first, then to the server.
import { keepPages } from "./keeping.js";
import { runPhotos } from "./photos.js";
import { clearRefusals, showRefusals } from "./refusals.js";
import { sendAll, sendWords } from "./sending.js";
import { openStore, randomKey } from "./store.js";
import { SAID } from "./said.js";
import { dayHere, putBack, sayToday, typedIn } from "./typed.js";

const AGREE = "Ask everybody in the photo first. Then tick that they agree.";
const FULL = "There is no space left on this phone, so nothing of this is kept. Send it while you have a signal.";

export async function runForm() {
  const form = document.querySelector("form[data-check-in]");
  if (!form) return;
  const { account, checkIn: award, called, outbox: address, list } = form.dataset;
  keepPages(form.dataset.worker, [location.pathname, list]);
  const store = window.indexedDB && (await openStore(account).catch(() => null));
  if (!store) return; // a form like any other
  const find = (name) => form.querySelector(`[data-${name}]`);
  const key = () => form.elements.form_key.value;
  let isSaving = false;

  // A check-in that was refused is opened again by its key, and goes back to where it came from.
  const opened = await store.one("outbox", location.hash.slice(1));
  const item = (more) => ({ id: key(), account, award, called, outbox: address, typed: typedIn(form), at: opened ? opened.at : Date.now(), ...more });
  const isAgain = () => opened && opened.id === key();

  async function keep() {
    try {
      await store.change(({ drafts, outbox }) => {
        if (isAgain()) outbox.put({ ...opened, typed: typedIn(form) });
        else drafts.put({ ...item(), id: `${account}/${award}`, key: key() });
      });
    } catch {
      find("state").textContent = FULL;
    }
  }

  const photos = runPhotos(form, store, { account, key, keep });

  async function begin() {
    const kept = opened || (await store.draft(award));
    if (kept && !("refused" in form.dataset)) {
      putBack(form, kept.typed);
      form.elements.form_key.value = kept.key || kept.id;
      find("kept").hidden = false;
      if (kept.errors) showRefusals(form, kept.errors);
    } else if (!("refused" in form.dataset)) {
      form.elements.form_key.value = randomKey(); // the one in a page that was kept may have been used
      sayToday(form);
    }
    await photos.show();
  }

  async function startAfresh() {
    await store.forget(key());
    await store.change(({ drafts }) => isAgain() || drafts.delete(`${account}/${award}`));
    form.reset();
    putBack(form, typedIn(form));
    form.elements.form_key.value = randomKey();
    sayToday(form);
    clearRefusals(form);
    find("kept").hidden = true;
    form.querySelector("input[type=radio]").focus();
    await photos.show();
  }

  // Into the outbox, and out of the drafts: at once, or not at all.
  async function putAway(agreed) {
    const kept = await store.photosOf(key());
    const waiting = item({ state: "waiting", savedOn: dayHere(), photos: kept.length });
    await store.change((stores) => {
      stores.outbox.put(waiting);
      stores.drafts.delete(`${account}/${award}`);
      kept.forEach((photo) => stores.photos.put({ ...photo, agreed }));
    });
    return waiting;
  }

  async function save() {
    const agreed = form.elements.agreed.checked;
    if ((await store.photosOf(key())).length && !agreed) return showRefusals(form, [[AGREE, "agreed"]]);
    find("state").textContent = "Saving …";
    const waiting = await putAway(agreed);
    const { state, said, errors } = await sendWords(store, waiting);
    if (state === "refused") {
      await store.change(({ outbox, drafts }) => {
        if (isAgain()) return;
        outbox.delete(waiting.id);
        drafts.put({ ...waiting, id: `${account}/${award}`, key: waiting.id });
      });
      find("state").textContent = "";
      return showRefusals(form, errors);
    }
    if (said) SAID.put(said);
    return leave(state);
  }

  // The list says what became of it. Where the list can't be opened, this page does.
  async function leave(state) {
    const isThere = state !== "waiting" || (window.caches && (await caches.match(new URL(list, location).href)));
    if (isThere) return location.assign(list);
    find("state").textContent = "No signal. Your check-in is kept on this phone, and waits to be sent. Open your groups once there is a signal.";
    return null;
  }

  for (const heard of ["input", "change"]) form.addEventListener(heard, (event) => event.isTrusted && event.target.type !== "file" && keep());
  find("afresh").addEventListener("click", startAfresh);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSaving) return;
    isSaving = true;
    try {
      await save();
    } catch {
      form.submit(); // the phone's database does not answer: as without script
    } finally {
      isSaving = false;
    }
  });
  // What waits of other visits is sent from here as well.
  const sendOthers = () => isSaving || sendAll(store, async () => null, SAID.put).catch(() => null);
  addEventListener("online", sendOthers);
  addEventListener("pageshow", () => {
    find("state").textContent = ""; // as it was left, where somebody came back
  });
  await begin();
  form.dataset.ready = "";
  sendOthers();
}
