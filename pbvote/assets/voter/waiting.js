// Before the poll opens: looks now and then, and says when it has opened. The page itself stays as it is.

const SECONDS = 15;

export function waitForOpening(place, words) {
  const look = async () => {
    if (!place.isConnected) return; // another page has taken its place
    const answer = await fetch(location.pathname, { credentials: "omit" }).catch(() => null);
    if (answer && answer.ok && !(await answer.text()).includes(`id="${place.id}"`)) {
      place.textContent = "";
      place.append(words.content.cloneNode(true));
    } else {
      setTimeout(look, SECONDS * (1000 + Math.random() * 500));
    }
  };
  setTimeout(look, SECONDS * 1000);
}
