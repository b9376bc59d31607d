// What a member wrote on this phone and no server has yet: drafts, check-ins that wait, and photos, in the browser's own
// database. Each says whose it is, by the number of the account; nobody else who signs in on this phone is shown it.
const NAME = "pbvote groups";
const VERSION = 1;
const STORES = ["drafts", "outbox", "photos"];

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export const randomKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// With `isNew` false nothing is made where there is nothing.
async function open(isNew) {
  const asked = indexedDB.open(NAME, VERSION);
  asked.onupgradeneeded = () => {
    if (!isNew) asked.transaction.abort();
    else for (const name of STORES) asked.result.createObjectStore(name, { keyPath: "id" });
  };
  return settled(asked);
}

export async function openStore(account, isNew = true) {
  const database = await open(isNew);
  // One transaction: done when it is on the disk, or not at all.
  const change = (work) =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(STORES, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      work(Object.fromEntries(STORES.map((name) => [name, transaction.objectStore(name)])));
    });
  const mine = async (name) => (await settled(database.transaction(name).objectStore(name).getAll())).filter((one) => one.account === account);
  const one = async (name, id) => {
    const found = await settled(database.transaction(name).objectStore(name).get(id));
    return found && found.account === account ? found : null;
  };
  const photosOf = async (item) => (await mine("photos")).filter((photo) => photo.item === item).sort((left, right) => left.at - right.at);
  return {
    change,
    one,
    photosOf,
    draft: (award) => one("drafts", `${account}/${award}`),
    waiting: async () => (await mine("outbox")).sort((left, right) => left.at - right.at),
    // Of an item that another tab has sent meanwhile, nothing comes back.
    update: (id, changed) =>
      change(({ outbox }) => {
        const found = outbox.get(id);
        found.onsuccess = () => found.result && outbox.put(changed);
      }),
    // A check-in is away from this phone with all that hung on it.
    async forget(item) {
      const photos = await photosOf(item);
      await change((stores) => {
        stores.outbox.delete(item);
        photos.forEach((photo) => stores.photos.delete(photo.id));
      });
    },
    async forgetAll() {
      const all = await Promise.all(STORES.map(async (name) => [name, await mine(name)]));
      await change((stores) => all.forEach(([name, found]) => found.forEach(({ id }) => stores[name].delete(id))));
    },
  };
}

// How many check-ins of this account wait on this phone, and a way to be rid of all that is theirs.
export async function keptOf(account) {
  if (!account || !window.indexedDB) return { count: 0, forgetAll: async () => null };
  const store = await openStore(account, false).catch(() => null);
  if (!store) return { count: 0, forgetAll: async () => null };
  return { count: (await store.waiting()).length, forgetAll: store.forgetAll };
}
