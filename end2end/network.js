// A network between people and Pep, as schools have them: a proxy that does something
// of its own with WebSockets, and loses a request or an answer now and then.
import { createServer, request } from "node:http";
import { connect, createServer as createDoor } from "node:net";

export class Network {
  // `sockets` is what becomes of a WebSocket: "refused", "swallowed" or "passed".
  static async before(server, sockets) {
    const network = new Network();
    Object.assign(network, { server, sockets, loses: 0, lost: 0, carried: 0, upgraded: 0, open: new Set() });
    network.proxy = createServer((asked, answer) => network.#carry(asked, answer));
    network.proxy.on("upgrade", (asked, socket, head) => network.#upgrade(asked, socket, head));
    network.proxy.on("connection", (socket) => {
      network.open.add(socket);
      socket.on("close", () => network.open.delete(socket));
      socket.on("error", () => {});
    });
    await new Promise((resolve) => network.proxy.listen(0, "127.0.0.1", resolve));
    return network;
  }

  // The server, as people on this network reach it.
  get reached() {
    return Object.create(this.server, { url: { value: `http://localhost:${this.proxy.address().port}` } });
  }

  // From now on every so many messages one is lost: by turns on its way there, and
  // on its way back.
  loseEvery(messages) {
    this.loses = messages;
  }

  stop() {
    this.open.forEach((socket) => socket.destroy());
    return new Promise((resolve) => this.proxy.close(resolve));
  }

  #carry(asked, answer) {
    const isMessage = asked.url.startsWith("/sync/http");
    if (isMessage) this.carried += 1;
    const isLost = isMessage && this.loses > 0 && this.carried % this.loses === 0;
    if (isLost) this.lost += 1;
    if (isLost && this.lost % 2 === 1) return asked.socket.destroy();
    const { method, url: path, headers } = asked;
    const onward = request({ host: "127.0.0.1", port: this.server.port, method, path, headers, agent: false });
    onward.on("response", (answered) => {
      if (isLost) return asked.socket.destroy();
      answer.writeHead(answered.statusCode, answered.headers);
      answered.pipe(answer);
    });
    onward.on("error", () => asked.socket.destroy());
    answer.on("close", () => onward.destroy());
    asked.pipe(onward);
  }

  #upgrade(asked, socket, head) {
    socket.on("error", () => {});
    if (this.sockets === "refused") {
      socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 7\r\nConnection: close\r\n\r\nBlocked");
    } else if (this.sockets === "passed") {
      this.upgraded += 1;
      const onward = connect(this.server.port, "127.0.0.1", () => {
        const lines = asked.rawHeaders.map((part, place) => part + (place % 2 === 0 ? ": " : "\r\n"));
        onward.write(`GET ${asked.url} HTTP/1.1\r\n${lines.join("")}\r\n`);
        onward.write(head);
        socket.pipe(onward).pipe(socket);
      });
      onward.on("error", () => socket.destroy());
      socket.on("close", () => onward.destroy());
    }
    // A swallowed one is never answered.
  }
}

// A way to the server that can be cut: what is open is torn, what is new isn't answered.
export async function cableTo(server) {
  const open = new Set();
  let cut = false;
  const proxy = createDoor((near) => {
    if (cut) return near.destroy();
    const far = connect(server.port, "127.0.0.1");
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => [near, far].forEach((each) => (open.delete(each), each.destroy())));
    }
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://localhost:${proxy.address().port}`,
    cut() {
      cut = true;
      for (const socket of open) socket.destroy();
    },
    mend() {
      cut = false;
    },
    end() {
      this.cut();
      proxy.close();
    },
  };
}
