// The photos that a member chose: made small and kept at once, with the draft; listed, and taken away again.
import { shrunk } from "./shrinking.js";
import { randomKey } from "./store.js";

const MOST = 3;

export function runPhotos(form, store, draft) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-photos]");
  const state = form.querySelector("[data-state]");
  input.multiple = true;

  async function show() {
    const kept = await store.photosOf(draft.key());
    list.replaceChildren(
      ...kept.map((photo, at) => {
        const line = document.createElement("li");
        const away = document.createElement("button");
        away.type = "button";
        away.className = "govuk-button govuk-button--secondary";
        away.textContent = `Remove photo ${at + 1}`;
        away.addEventListener("click", async () => {
          await store.change(({ photos }) => photos.delete(photo.id));
          await show();
        });
        line.append(`Photo ${at + 1}: ${photo.name} `, away);
        return line;
      }),
    );
    if (kept.length) list.closest("details").open = true;
  }

  async function take(file) {
    if ((await store.photosOf(draft.key())).length >= MOST) return `A check-in can have ${MOST} photos.`;
    const small = await shrunk(file).catch(() => null);
    if (!small) return `This phone can’t read ${file.name}. Choose another photo.`;
    const photo = { id: randomKey(), account: draft.account, item: draft.key(), name: file.name, at: Date.now(), state: "waiting", ...small };
    try {
      await store.change(({ photos }) => photos.put(photo));
    } catch {
      return `There is no space left on this phone for ${file.name}. Your words are kept.`;
    }
    return "";
  }

  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = "";
    const said = [];
    for (const file of files) said.push(await take(file));
    state.textContent = said.filter(Boolean).join(" ");
    await draft.keep();
    await show();
  });
  return { show };
}
