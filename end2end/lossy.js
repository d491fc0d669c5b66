// A line between a phone and Pep as there is one in a valley: every so many pieces one
// is held up, as it is when a packet was lost and has to come again, and the connections
// drop now and then. It carries bytes, so it spares nothing.
import { connect, createServer } from "node:net";

// What it takes until a lost packet has come again, on a line with a long way to go.
const AGAIN = 300;

export class Lossy {
  static async before(server) {
    const line = new Lossy();
    Object.assign(line, { server, every: 0, pieces: 0, bytes: 0, stalled: 0, dropped: 0, open: new Set() });
    line.proxy = createServer((phone) => line.#carry(phone));
    await new Promise((resolve) => line.proxy.listen(0, "127.0.0.1", resolve));
    return line;
  }

  // The server, as phones on this line reach it.
  get reached() {
    return Object.create(this.server, { url: { value: `http://localhost:${this.proxy.address().port}` } });
  }

  losesOneIn(every) {
    this.every = every;
  }

  // From now on all connections drop after each so many milliseconds, ten times.
  dropsEvery(milliseconds) {
    this.timer = setInterval(() => {
      if (this.open.size === 0) return;
      this.open.forEach((socket) => socket.destroy());
      this.dropped += 1;
      if (this.dropped >= 10) clearInterval(this.timer);
    }, milliseconds);
  }

  stop() {
    clearInterval(this.timer);
    this.open.forEach((socket) => socket.destroy());
    return new Promise((resolve) => this.proxy.close(resolve));
  }

  #carry(phone) {
    const server = connect(this.server.port, "127.0.0.1");
    for (const [from, to] of [[phone, server], [server, phone]]) {
      this.open.add(from);
      from.setNoDelay(true);
      from.on("error", () => {});
      from.on("close", () => {
        this.open.delete(from);
        to.destroy();
      });
      from.on("data", (piece) => {
        this.pieces += 1;
        this.bytes += piece.length;
        if (!this.every || this.pieces % this.every) return to.write(piece);
        // What comes after it has to wait as well: the order of a line is kept.
        this.stalled += 1;
        from.pause();
        setTimeout(() => {
          if (to.writable) to.write(piece);
          from.resume();
        }, AGAIN);
      });
    }
  }
}
