// The control: Hocuspocus with its SQLite extension, as its makers set it up.
import { SQLite } from "@hocuspocus/extension-sqlite";
import { Server } from "@hocuspocus/server";

const [, , port, database] = process.argv;
const server = new Server({ port: Number(port), address: "127.0.0.1", quiet: true, extensions: [new SQLite({ database })] });
await server.listen();
console.log("ready");
