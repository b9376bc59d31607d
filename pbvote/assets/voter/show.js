// The server's answer takes the place of the page, as it would have without script.
export function show(page, names) {
  document.title = page.title;
  for (const name of ["lang", "dir"]) document.documentElement[name] = page.documentElement[name];
  for (const name of names) {
    document.querySelector(name).replaceWith(document.adoptNode(page.querySelector(name)));
  }
  scrollTo(0, 0);
}

// Where somebody who can't see the page goes on reading: what to put right, the field to type into, or the heading.
export function focusFirst() {
  const first =
    document.querySelector(".errors") ||
    document.querySelector(".code[aria-invalid]") ||
    document.querySelector("main h1") ||
    document.querySelector("h1");
  if (first.tabIndex < 0) first.tabIndex = -1;
  first.focus();
}

// A place in this page, without an entry in the history: its start comes into view, and the focus goes there.
export function goTo(event, link) {
  const place = (link && link.getAttribute("href")) || "";
  if (place[0] !== "#") return;
  event.preventDefault();
  const target = document.getElementById(place.slice(1));
  target.scrollIntoView();
  target.focus({ preventScroll: true });
}

// Leads, once another page of the same bids is shown, back to the card that was in sight, and to what had the focus.
export function placeOf() {
  const cards = () => [...document.querySelectorAll(".bid")];
  const top = (index) => cards()[index].getBoundingClientRect().top;
  const index = scrollY ? cards().findIndex((card) => card.getBoundingClientRect().bottom > 0) : -1;
  const before = index < 0 || top(index);
  const { id, name, value } = document.activeElement;
  return () => {
    if (index >= 0 && cards()[index]) scrollBy(0, top(index) - before);
    const again = [...document.querySelectorAll("main input")].find((each) =>
      id ? each.id === id : each.name === name && each.value === value,
    );
    if (again) again.focus({ preventScroll: true });
  };
}
