// What was noted on this phone and no server has taken yet. The browser's own database keeps it when the tab is closed, or
// killed. It also keeps how much this phone counted, without names.
const VERSION = 1;

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export const randomId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export async function openStore(slug) {
  const asked = indexedDB.open(`pbvote door ${slug}`, VERSION);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("waiting", { keyPath: "id" });
    asked.result.createObjectStore("facts");
  };
  const database = await settled(asked);

  // One transaction: done when it is on the disk, or not at all.
  const change = (work) =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(["waiting", "facts"], "readwrite", { durability: "strict" });
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
      work(transaction.objectStore("waiting"), transaction.objectStore("facts"));
    });

  const fact = (key) => settled(database.transaction("facts").objectStore("facts").get(key));

  return {
    fact,
    waiting: () => settled(database.transaction("waiting").objectStore("waiting").getAll()),
    // `last` is what Undo takes back; null where nothing can be.
    note: (entry, last) =>
      change((waiting, facts) => {
        const kind = entry.kind || "voter";
        const mine = facts.get(`mine ${kind}`);
        mine.onsuccess = () => facts.put((mine.result || 0) + (entry.step || 1), `mine ${kind}`);
        facts.put(last, "last");
        waiting.add(entry);
      }),
    forget: (entries) => change((waiting) => entries.forEach((entry) => waiting.delete(entry.id))),
    phone: async () => {
      const known = await fact("phone");
      if (known) return known;
      const made = randomId();
      await change((_, facts) => facts.put(made, "phone"));
      return made;
    },
  };
}
