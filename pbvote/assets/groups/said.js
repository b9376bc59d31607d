// What the server said to what was sent from a form, for the list that is opened next.
const KEY = "pbvote-said";

export const SAID = {
  put(words, called) {
    const known = JSON.parse(sessionStorage.getItem(KEY) || "[]");
    sessionStorage.setItem(KEY, JSON.stringify([...known, [words, called]]));
  },
  take() {
    const said = JSON.parse(sessionStorage.getItem(KEY) || "[]");
    sessionStorage.removeItem(KEY);
    return said;
  },
};
