// Everything that a browser keeps of this site, as one text in which words can be
// searched for: the keys and the values, with bytes both as UTF-8 and as UTF-16.
export function stored(page) {
  return page.evaluate(async () => {
    const keys = [], texts = [];
    const take = (value) => {
      if (value instanceof Uint8Array || value instanceof ArrayBuffer) {
        texts.push(new TextDecoder().decode(value));
        texts.push(new TextDecoder("utf-16le").decode(value));
      } else if (value && typeof value === "object") Object.values(value).forEach(take);
      else texts.push(String(value));
    };
    const asked = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    for (const { name } of await indexedDB.databases()) {
      const database = await asked(indexedDB.open(name));
      for (const drawer of database.objectStoreNames) {
        const store = database.transaction(drawer).objectStore(drawer);
        const [names, values] = [asked(store.getAllKeys()), asked(store.getAll())];
        keys.push(...(await names).map((key) => `${drawer} ${key}`));
        (await values).forEach(take);
      }
      database.close();
    }
    for (const storage of [localStorage, sessionStorage]) {
      for (const key of Object.keys(storage)) {
        keys.push(key);
        // The journal spells each byte as one character.
        take(Uint8Array.from(storage[key], (character) => character.charCodeAt(0)));
        texts.push(storage[key]);
      }
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        keys.push(request.url);
        if (/offline|html$/.test(request.url)) texts.push(await (await cache.match(request)).text());
      }
    }
    return { keys, text: texts.join("\n") };
  });
}
