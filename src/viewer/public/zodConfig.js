// Read by zod, which Grafana's themes use, when it is loaded: no code from texts, which the page's content security policy
// forbids.
globalThis.__zod_globalConfig = { jitless: true };
