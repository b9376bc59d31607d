// A slip's QR code ends in `#` and the code: a fragment, so that it is never sent in an address. Copies it into the code
// field, which the voter then sends, and wipes it from the address bar.

// Some scanners write the # as %23.
const MARK = /#|%23/i;
const CODE = /^[0-9a-z -]{6,40}$/i;

// The code in the address, where there is one and a field for it; else nothing.
export function readSlip() {
  const [page, ...rest] = location.href.split(MARK);
  const code = rest.pop()?.replace(/%20/g, " ").trim();
  // A link to a place in the page has a fragment too.
  if (!code || !CODE.test(code) || document.getElementById(code)) return;
  history.replaceState(history.state, "", page);
  if (!document.querySelector(".start")) return;
  recognise(code);
  return code;
}

// The code is in the field: what is left to do is to press a language. The field folds away, for another slip.
export function recognise(code) {
  const form = document.querySelector(".start");
  const field = form.querySelector(".code");
  field.value = code;
  if (form.matches(".known")) return;
  form.classList.add("known");
  const [words, other] = ["recognised", "other-code"].map((id) => document.getElementById(id).content.cloneNode(true));
  other.querySelector("details").append(form.querySelector(".typing"));
  form.querySelector(".recognised").append(words);
  form.append(other);
}
