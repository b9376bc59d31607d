// What the server said to a check-in that was saved just now, for the list that is opened next.
const KEY = "pbvote-said";

export const SAID = {
  put: (words) => sessionStorage.setItem(KEY, words),
  take() {
    const words = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return words;
  },
};
