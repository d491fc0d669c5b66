// A program at the wire: opens a section with an unmodified provider, by a token or
// by a browser's cookie alone, and answers all that came, or why nothing did.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import * as Y from "yjs";

export async function openOverWire(server, name, { token = "", cookie = "" }) {
  class WithCookie extends WebSocket {
    constructor(url, protocols) {
      super(url, protocols, cookie ? { headers: { cookie } } : {});
    }
  }
  const url = `ws://127.0.0.1:${server.port}/sync`;
  const websocketProvider = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WithCookie });
  const document = new Y.Doc();
  const provider = new HocuspocusProvider({ websocketProvider, name, token, document });
  const answer = await new Promise((resolve) => {
    provider.on("synced", () => resolve({ opened: true, all: Buffer.from(Y.encodeStateAsUpdate(document)).toString() }));
    provider.on("authenticationFailed", ({ reason }) => resolve({ opened: false, all: reason }));
    provider.attach();
  });
  provider.destroy();
  websocketProvider.destroy();
  return answer;
}

// What a browser shows of itself to the server.
export const cookieOf = async (page) =>
  (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
