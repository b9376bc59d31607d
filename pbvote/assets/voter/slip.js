// A slip's QR code ends in `#` and the code: a fragment, so that it is never sent in an address. Copies it into the code
// field, which the voter then sends; wipes it from the address bar and from this page's entry in the history.

// Some scanners write the # as %23.
const MARK = /#|%23/i;
const CODE = /^[0-9a-z -]{6,40}$/i;

export function readSlip() {
  const field = document.querySelector("input[name=code]:not([type=hidden])");
  const [page, ...rest] = location.href.split(MARK);
  const code = rest.pop()?.replace(/%20/g, " ").trim();
  // A link to a place in the page has a fragment too.
  if (!code || !CODE.test(code) || document.getElementById(code)) return;
  history.replaceState(history.state, "", page);
  if (!field) return;
  field.value = code;
  const told = document.querySelector(".code-read");
  const words = document.querySelector(".code-read-words");
  if (!told) return;
  told.textContent = "";
  told.append(words.content.cloneNode(true));
}
