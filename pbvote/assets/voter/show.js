// The server's answer takes the place of the page, as it would have without script.
export function show(page, names = ["header", "main"]) {
  document.title = page.title;
  for (const name of ["lang", "dir"]) document.documentElement[name] = page.documentElement[name];
  for (const name of names) {
    document.querySelector(name).replaceWith(document.adoptNode(page.querySelector(name)));
  }
  scrollTo(0, 0);
}

// Where somebody who can't see the page goes on reading.
export function focusFirst() {
  const first = document.querySelector(".errors") || document.querySelector("h1");
  first.tabIndex = -1;
  first.focus();
}
