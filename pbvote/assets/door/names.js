// The list of names: looked for, never shown. A name that waits on this phone is found here; once a server has it, it is gone
// from the phone. Without a network only what waits here is searched.
import { post } from "../posting.js";

const LEAST = 3;
const PAUSE_MS = 350;
const NOT_DONE = { 409: "Not done: the count has begun." };
const letters = (text) => (text.match(/\p{L}/gu) || []).length;
const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/ł/g, "l");

export function runNames(door, store, note) {
  const form = door.querySelector("[data-names]");
  if (!form) return null;
  const at = (name) => form.querySelector(`[data-${name}]`);
  const box = form.querySelector("#name");
  const oldEnough = form.querySelector("#old-enough");
  let asked = 0;
  let timer = 0;
  form.hidden = false;

  const line = (list, text) => {
    const item = document.createElement("li");
    const words = document.createElement("span");
    words.textContent = text;
    item.append(words);
    list.append(item);
    return item;
  };

  function offerTakingOff(item, one) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = "Take off";
    const whom = document.createElement("span");
    whom.className = "govuk-visually-hidden";
    whom.textContent = `: ${one.name}`;
    button.append(whom);
    button.addEventListener("click", async () => {
      const { status } = await post(door.dataset.takeOff, { id: one.id });
      if (status === 200) item.remove();
      at("names-said").textContent = status === 200 ? `${one.name} is off the list.` : NOT_DONE[status] || "Not done: no signal.";
    });
    item.append(button);
  }

  async function look() {
    const typed = box.value.trim();
    asked += 1;
    const mine = asked;
    at("found").replaceChildren();
    at("names-said").textContent = "";
    if (letters(typed) < LEAST) return;
    const words = plain(typed).split(/\s+/);
    const here = (await store.waiting()).filter((one) => one.name && words.every((word) => plain(one.name).includes(word)));
    const { status, answer } = await post(door.dataset.find, { typed });
    if (mine !== asked) return;
    for (const one of here) line(at("found"), `${one.name}, noted on this phone`);
    for (const one of status === 200 ? answer.found : []) {
      const item = line(at("found"), `${one.name}, ${one.tie} there`);
      if (door.dataset.lot) offerTakingOff(item, one);
    }
    const found = at("found").children.length;
    at("names-said").textContent =
      status !== 200
        ? "No signal: only names that wait on this phone were looked through."
        : answer.more
          ? "There are more. Type more letters."
          : found
            ? "Is it one of these? Then they are on the list, and have had a slip."
            : "Nobody with a name like that is on the list.";
  }

  function wrong() {
    if (letters(box.value) < 2) return "Enter the name";
    if (!form.querySelector("[name=tie]:checked")) return "Choose what ties them to the locality";
    return oldEnough && !oldEnough.checked ? "Tick that they are old enough. Anyone younger is here without a vote." : "";
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const why = wrong();
    at("names-wrong").hidden = !why;
    at("names-wrong").textContent = why;
    if (why) return;
    const name = box.value.trim().replace(/\s+/g, " ");
    const tie = form.querySelector("[name=tie]:checked").value;
    const age = form.querySelector("#age-band")?.value || undefined;
    form.reset();
    asked += 1;
    clearTimeout(timer);
    at("found").replaceChildren();
    at("likes").replaceChildren();
    await note({ name, tie, age }, null);
    at("names-said").textContent = `${name} is noted. Hand over a slip.`;
    box.focus();
  });

  return {
    // A likeness is said, and refuses nobody: a father and a son may have one name.
    taken(sent, likes) {
      for (const { id, name } of sent) {
        if (likes[id]) line(at("likes"), `${name} is on the list. So is ${likes[id].join(", ")}. Is it the same person?`);
      }
    },
  };
}
