// The page of the test sheet: measures some round trips from this phone to the server, and sends what it measured with the
// sheet's code. It begins by itself after a scan, and at the button after that. Without script the button sends the code alone.
// And the check of the server: its form tells what this computer's clock says.
const TRIPS = 10;
const PATIENCE = 5000; // milliseconds

export function measureHall() {
  const part = document.querySelector("[data-measures]");
  if (!part) return;
  const form = part.querySelector("form");
  const said = part.querySelector("output");
  let isMeasuring = false;
  const measure = async () => {
    if (isMeasuring) return;
    isMeasuring = true;
    const trips = [];
    await trip(part.dataset.measures); // the first also opens the connection
    while (trips.length < TRIPS) {
      said.textContent = said.dataset.measuring.replace("{number}", trips.length + 1).replace("{all}", TRIPS);
      trips.push(await trip(part.dataset.measures));
    }
    form.elements.trips.value = trips.join();
    form.submit();
  };
  form.addEventListener("submit", (event) => {
    if (!form.elements.code.value) return; // the server says what is missing
    event.preventDefault();
    measure();
  });
  if ("atOnce" in part.dataset && form.elements.code.value) measure();
}

// Milliseconds, or a dash where no answer came.
async function trip(address) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  const began = performance.now();
  try {
    const answer = await fetch(address, { cache: "no-store", credentials: "omit", signal: stop.signal });
    await answer.text();
    return answer.ok ? Math.round(performance.now() - began) : "-";
  } catch {
    return "-";
  } finally {
    clearTimeout(timer);
  }
}

export function tellTime() {
  const box = document.querySelector("[data-tells-time]");
  if (box) box.form.addEventListener("submit", () => (box.value = Date.now()));
}
