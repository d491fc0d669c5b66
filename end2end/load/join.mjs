// A document opened by an unmodified provider.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import * as Y from "yjs";

// Resolves once the document is here. `end` waits until all that was written is
// acknowledged.
export async function join(server, name, token, document = new Y.Doc()) {
  const websocketProvider = new HocuspocusProviderWebsocket({ url: server.url, WebSocketPolyfill: WebSocket });
  const provider = new HocuspocusProvider({ websocketProvider, name, token, document });
  await new Promise((resolve, reject) => {
    provider.on("synced", resolve);
    provider.on("authenticationFailed", ({ reason }) => reject(new Error(`${name}: ${reason}`)));
    provider.attach();
  });
  const end = async () => {
    await new Promise((resolve) => {
      const look = () => provider.unsyncedChanges === 0 && resolve();
      provider.on("unsyncedChanges", look);
      look();
    });
    provider.destroy();
    websocketProvider.destroy();
  };
  return { provider, end };
}
