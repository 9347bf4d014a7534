// Follows a job with the npm client of Socket.IO and prints what it was told, one JSON line for each message.
// Arguments: address, token, job id, "polling" or "websocket".
import { io } from "socket.io-client";

const [address, token, jobId, transport] = process.argv.slice(2);
const socket = io(address, { auth: { token }, transports: [transport], reconnection: false });
const tell = (name, content) => console.log(JSON.stringify([name, content]));

for (const name of ["fact", "tick", "ready", "snapshot_required"]) {
  socket.on(name, (content) => tell(name, content));
}
socket.on("bye", (content) => {
  tell("bye", content);
  setImmediate(() => process.exit()); // a closed socket over long polling would wait for its last poll
});
socket.on("connect_error", (error) => {
  tell("connect_error", error.data);
  process.exitCode = 1;
  socket.close();
});
socket.on("connect", async () => tell("answer", await socket.emitWithAck("subscribe", { job_id: jobId, after: 0 })));
