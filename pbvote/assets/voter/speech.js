// Reads the page aloud, for a voter with headphones. With a voice of the tablet's own only: others send the text away.

const READ = "h1, h2, main p:not(:empty), .bid-head, .bid-facts, .bid-summary, .stored li";

function voiceFor(language) {
  const isOurs = ({ lang, localService }) => localService && lang.toLowerCase().startsWith(language);
  return speechSynthesis.getVoices().find(isOurs);
}

export function readAloud() {
  if (!window.speechSynthesis) return;
  speechSynthesis.cancel();
  const button = document.querySelector(".aloud");
  if (!button) return;
  const { start, stop } = button.dataset;
  const page = document.documentElement.lang;
  const tell = (isReading) => (button.textContent = isReading ? stop : start);
  const offer = () => (button.hidden = !voiceFor(page));

  button.onclick = () => {
    const wasReading = speechSynthesis.speaking;
    speechSynthesis.cancel();
    tell(!wasReading);
    if (wasReading) return;
    const pieces = [...document.querySelectorAll(READ)].filter((piece) => piece.offsetParent);
    pieces.forEach((piece, index) => {
      const words = new SpeechSynthesisUtterance(piece.innerText);
      const { lang } = piece.querySelector("[lang]") || { lang: page };
      words.voice = voiceFor(lang) || voiceFor(page);
      words.lang = words.voice.lang;
      if (index === pieces.length - 1) words.onend = () => tell(false);
      speechSynthesis.speak(words);
    });
  };
  // The list of voices comes when the browser has it.
  speechSynthesis.onvoiceschanged = offer;
  offer();
}
