// The server's clock, as far as its last answer told: a laptop may be an hour off, and nobody at the screen could tell.
let offset = 0;

export const setServerClock = (at) => {
  offset = at - Date.now();
};

export const serverNow = () => Date.now() + offset;
