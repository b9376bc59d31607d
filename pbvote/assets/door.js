// The door's page on a steward's phone, and what is left to send once the door has closed to the phone.
import { sendRemains } from "./door/remains.js";
import { runDoor } from "./door/run.js";

runDoor();
sendRemains();
