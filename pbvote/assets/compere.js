// The compere's phone, and the clock that faces the speaker.
import { runClock } from "./compere/clock.js";
import { runCompere } from "./compere/run.js";

runCompere();
runClock();
