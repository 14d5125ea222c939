// Makes Descent work offline. Addresses that carry a version never change, so the cache answers for them; anything else
// comes from the network while there is one, so a reload always shows what the server has now.
const cacheName = "descent-{{.Version}}";
const resourcesToCache = {{.ResourcesToCache}};

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll(resourcesToCache))
      .then(() => self.skipWaiting())
  );
});

self.addEventListener("activate", (event) => {
  const outdated = (key) => key.startsWith("descent-") && key !== cacheName;
  event.waitUntil(
    caches
      .keys()
      .then((keys) => Promise.all(keys.filter(outdated).map((key) => caches.delete(key))))
      .then(() => self.clients.claim())
  );
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (
    request.method !== "GET" ||
    url.origin !== self.location.origin ||
    url.pathname.startsWith("/web/data/") || // large, and the browser's own cache holds it
    url.pathname.startsWith("/api/")
  ) {
    return; // the browser goes on as if there were no service worker
  }
  event.respondWith(url.searchParams.has("v") ? cacheFirst(request) : networkFirst(request));
});

async function cacheFirst(request) {
  const cache = await caches.open(cacheName);
  return (await cache.match(request)) || fetch(request);
}

async function networkFirst(request) {
  try {
    return await fetch(request);
  } catch (err) {
    const cache = await caches.open(cacheName);
    const page = request.mode === "navigate" ? await cache.match("/") : undefined;
    const answer = (await cache.match(request)) || page;
    if (answer) {
      return answer;
    }
    throw err;
  }
}
