/* Keeps a copy of the site for reading without a network: `extra: offline: true` in mkdocs.yml.
   The build puts VERSION and FILES before this. Pages come from the network while there is one. */
const HERE = new URL("./", self.location);

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(VERSION);
    await cache.addAll(FILES.map((path) => new URL(path, HERE).href));
    await self.skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("digest-") && name !== VERSION) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== HERE.origin) return;
  event.respondWith((async () => {
    try {
      return await fetch(event.request);
    } catch (error) {
      const kept = await caches.match(event.request, { ignoreSearch: true });
      if (kept) return kept;
      throw error;
    }
  })());
});
